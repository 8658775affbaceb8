import type { ShapesByFile } from '../../../src/core/protocol/shapes';
import type { Change } from '../../../src/core/trace/change';
import { TraceStory } from '../../core/encode';

/** Traces written by hand, each for something that has to be seen. */

const library = '~sleep:701:11';

interface Told {
  readonly clock?: 'virtual' | 'real';
  readonly changes?: readonly Change[];
  readonly detail?: 'full' | 'tasks';
}

/** Two workers that sleep, gathered by main: the first thing that a beginner looks at. */
/** @param changes which of them tells of what was changed: the second, as a wait of `longer` seconds that was one of 2 */
export function gather(longer = 2, { clock = 'virtual', changes = [], detail = 'full' }: Told = {}): Uint8Array {
  const story = new TraceStory('/project/demo.py', clock);
  story.engine = 'embedded';
  story.whatIf = changes;
  story.detail = detail;
  const main = story.task('Task-1', 'main', 0);
  story.enter(main, 'main', 0);
  const a = story.task('Task-2', 'fetch', 0, main, 12);
  const b = story.task('Task-3', 'fetch', 0, main, 12);
  story.group(a, 'gather').group(b, 'gather');
  story.step(main, {
    start: 0,
    cause: 'created',
    seq: 0,
    stands: ['main:12:4'],
    wait: ['gather', 'gather of 2', { members: [a, b] }],
  });
  for (const [task, delay] of [
    [a, 1],
    [b, longer],
  ] as const) {
    const outer = story.enter(task, 'fetch', 0);
    story.enter(task, 'download', 0, outer);
    story.print(`start ${delay}\n`, 0, task, 'fetch:5:4');
    story.step(task, {
      start: 0,
      cause: 'created',
      by: main,
      seq: 0,
      stands: ['fetch:6:4', 'download:2:10', library],
      wait: [
        'sleep',
        `sleep ${delay} s`,
        { delay, ...(changes.length > 0 && task === b ? { was: 2, change: 0 } : {}) },
      ],
    });
  }
  story.idle(0, 1).callback('Future.set_result', 1);
  story.leave(3, 1).leave(2, 1).print('done 1\n', 1, a, 'fetch:7:4').done(a, 1, 'result', "'one'");
  story.step(a, { start: 1, cause: 'timer' });
  story.idle(1, longer).callback('Future.set_result', longer);
  story.leave(5, 2).leave(4, longer).print('done 2\n', longer, b, 'fetch:7:4').done(b, longer, 'result', "'two'");
  story.step(b, { start: longer, cause: 'timer' });
  story.callback('gather.<locals>._done_callback', longer, b);
  story.leave(1, longer).done(main, longer, 'result', 'None');
  story.step(main, { start: longer, cause: 'task', by: b });
  return story.bytes();
}

/** What `asyncio.run()` adds to every program: two tasks that clean up. @param said what is printed meanwhile */
export function cleanedUp(said = ''): Uint8Array {
  const story = new TraceStory('/project/demo.py');
  const main = story.task('Task-1', 'main', 0);
  story.step(main, {
    start: 0,
    cause: 'created',
    seq: 0,
    stands: ['main:2:4', library],
    wait: ['sleep', 'sleep 1 s', { delay: 1 }],
  });
  story.idle(0, 1).callback('Future.set_result', 1);
  story.done(main, 1, 'result', 'None').step(main, { start: 1, cause: 'timer' });
  story.callback('_run_until_complete_cb', 1, main);
  for (const name of ['asyncgens', 'default_executor']) {
    const task = story.task(`${name}`, `~BaseEventLoop.shutdown_${name}`, 1);
    if (said !== '') story.print(said, 1, task);
    story.done(task, 1, 'result', 'None').step(task, { start: 1, cause: 'created' });
    story.callback('_run_until_complete_cb', 1, task);
  }
  return story.bytes();
}

/** One task holds the loop from 0.5 s to 2.5 s, another one is ready from 1 s on. */
export function blocking(): Uint8Array {
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  const ticker = story.task('Task-2', 'ticker', 0, main, 19);
  const blocker = story.task('Task-3', 'blocker', 0, main, 19);
  story.step(main, { start: 0, cause: 'created', seq: 0, stands: ['main:19:4'], wait: ['gather', 'gather of 2'] });
  const first = { start: 0, cause: 'created', by: main, seq: 0 } as const;
  const sleep = (delay: number) => ['sleep', `sleep ${delay} s`, { delay }] as const;
  story.step(ticker, { ...first, stands: ['ticker:8:14', library], wait: sleep(1) });
  story.step(blocker, { ...first, stands: ['blocker:13:10', library], wait: sleep(0.5) });
  story.idle(0, 0.5).done(blocker, 2.5);
  story.held(['blocker:14:8=crunch(data)'], 0.5, 0.8, { task: blocker, computing: 0.3 });
  story.held(['blocker:15:8=save(data)', 'save!:4:4=time.sleep(1.7)'], 0.8, 2.5, { task: blocker, blocked: 1.7 });
  story.step(blocker, { ready: 0.5, start: 0.5, end: 2.5 });
  story.callback('Future.set_result', 2.5);
  story.step(ticker, { ready: 1, start: 2.5, seq: 4, stands: ['ticker:8:14', library], wait: sleep(1) });
  story.idle(2.5, 3.5).done(ticker, 3.5).step(ticker, { start: 3.5 });
  story.done(main, 3.5).step(main, { start: 3.5, cause: 'task', by: ticker });
  return story.bytes();
}

/** Over before any time went by. */
export function instant(): Uint8Array {
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  story.step(main, { start: 0, cause: 'created', seq: 0, stands: ['main:2:4'], wait: ['yield', 'sleep(0)'] });
  story.done(main, 0).step(main, { start: 0, cause: 'task', by: main });
  return story.bytes();
}

/** Names and texts that would do harm as HTML. */
export function hostile(): Uint8Array {
  const story = new TraceStory();
  const evil = '<img src=x onerror="document.title=\'broken\'">';
  const main = story.task(evil, `main${evil}`, 0);
  story.print(`${evil}\n`, 0, main);
  story.step(main, { start: 0, cause: 'created', stands: ['main:1:4'], wait: ['future', evil, {}] });
  story.idle(0, 1);
  story.error(evil, evil, 1, main);
  story.done(main, 1, 'exception', evil);
  story.step(main, { start: 1, cause: 'io' });
  return story.bytes();
}

/** Failed before any loop started. */
export function broken(): Uint8Array {
  const story = new TraceStory();
  story.print('SyntaxError: invalid syntax\n', 0);
  story.error('SyntaxError', 'invalid syntax (demo.py, line 3)', 0);
  return story.bytes();
}

/** Stopped at a limit, with a cancelled and a failed task. */
export function cut(): Uint8Array {
  const story = new TraceStory();
  const main = story.task('main', 'main', 0);
  const a = story.task('slow', 'slow', 0, main);
  const b = story.task('broken', 'broken', 0, main);
  story.step(main, {
    start: 0,
    cause: 'created',
    stands: ['main:9:4', library],
    wait: ['sleep', 'sleep 1 s', { delay: 1 }],
  });
  story.step(a, {
    start: 0,
    cause: 'created',
    by: main,
    stands: ['slow:3:4'],
    wait: ['lock', 'lock db', { resource: 'db' }],
  });
  story.done(b, 0.2, 'exception', 'ValueError: no such row');
  story.step(b, { start: 0, end: 0.2, ready: 0, cause: 'created', by: main });
  story.idle(0.2, 1);
  story.step(main, { start: 1, stands: ['main:11:4'], wait: ['task', 'slow', { task: a }] });
  story.done(a, 1, 'cancelled', '');
  story.step(a, { start: 1, cause: 'cancel', by: main });
  story.error('ValueError', 'no such row', 0.2, b, 3);
  story.stop('steps', 'The program was stopped after 5 steps.', 1);
  return story.bytes();
}

/** `tasks` tasks that sleep in turn, `rounds` times each: three segments a round. */
export function crowd(tasks: number, rounds: number): Uint8Array {
  const story = new TraceStory('/project/crowd.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  story.step(main, {
    start: 0,
    end: 1e-4,
    cause: 'created',
    stands: ['main:9:4'],
    wait: ['gather', `gather of ${tasks}`],
  });
  const ids = Array.from({ length: tasks }, (_, i) => story.task(`worker-${i}`, 'worker', 1e-4, main));
  let now = 1e-4;
  let random = 42;
  const next = () => {
    random = (random * 1103515245 + 12345) % 2147483648;
    return random / 2147483648;
  };
  for (let round = 0; round < rounds; round++) {
    for (const id of ids) {
      const start = now + next() * 2e-5;
      const end = start + 1e-5 + next() * 2e-4;
      const place = { ready: Math.max(0, now - next() * 5e-5), start, end, stands: ['worker:4:8'] };
      story.step(id, { ...place, cause: round === 0 ? 'created' : 'timer', wait: ['sleep', `sleep ${round % 7} ms`] });
      now = end;
    }
  }
  return story.bytes();
}

/** One task that takes turn after turn; before the turn `at` another one has its only one. */
export function interloper(turns: number, at: number): Uint8Array {
  const story = new TraceStory('/project/turns.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  const other = at < 0 ? 0 : story.task('Task-2', 'other', 0, main);
  for (let i = 0; i < turns; i++) {
    if (i === at) story.done(other, i * 1e-3).step(other, { start: i * 1e-3, cause: 'created', by: main });
    story.step(main, {
      start: i * 1e-3 + 1e-5,
      end: i * 1e-3 + 5e-4,
      cause: i === 0 ? 'created' : 'task',
      stands: ['main:2:4'],
      wait: ['yield', 'sleep(0)'],
    });
  }
  return story.bytes();
}

/** One task that calls a coroutine again and again, each time for one step. */
export function calls(count: number): Uint8Array {
  const story = new TraceStory('/project/calls.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  const outer = story.enter(main, 'main', 0);
  for (let i = 0; i < count; i++) {
    const span = story.enter(main, 'helper', i * 1e-3, outer);
    story.print(`${i}\n`, i * 1e-3, main);
    story.leave(span, i * 1e-3 + 1e-4);
    const wait = ['yield', 'sleep(0)'] as const;
    story.step(main, {
      start: i * 1e-3,
      end: i * 1e-3 + 2e-4,
      cause: i === 0 ? 'created' : 'task',
      stands: ['main:2:4'],
      wait,
    });
  }
  return story.bytes();
}

/** Short bursts of work by two tasks, and long waits between them: 2 s, 60 s, 10 min. */
/** What the source of `polling` tells. */
export const pollingShapes: ShapesByFile = [
  [
    '/project/polling.py',
    {
      sequences: [],
      polls: [{ line: 3, sleep: 4, test: 'not done' }],
      atOnce: [],
      uncancels: [],
      catches: [],
      handles: [],
      races: [],
      borrows: [],
      waitsInIf: [],
    },
  ],
];

/** A task that looks again and again whether it may go on. */
export function polling(rounds = 12): Uint8Array {
  const story = new TraceStory('/project/polling.py', 'virtual');
  const main = story.task('Task-1', 'main', 0);
  let now = 0;
  for (let round = 0; round < rounds; round++) {
    const wait = ['sleep', 'sleep 0.1 s', { delay: 0.1 }] as const;
    const cause = round === 0 ? ({ cause: 'created', seq: 0 } as const) : {};
    story.step(main, { ready: now, start: now, end: now, stands: ['main:4:8', library], wait, ...cause });
    story.idle(now, now + 0.1);
    now += 0.1;
  }
  story.done(main, now).step(main, { ready: now, start: now, end: now });
  return story.bytes();
}

export function patient(): Uint8Array {
  const story = new TraceStory('/project/patient.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  const poller = story.task('poller', 'poll', 0, main, 7);
  story.step(main, { start: 0, end: 0.002, cause: 'created', seq: 0, stands: ['main:7:4'], wait: ['task', 'poller'] });
  let now = 0.002;
  for (const delay of [2, 60, 600]) {
    const wait = ['sleep', `sleep ${delay} s`, { delay }] as const;
    story.step(poller, {
      ready: now,
      start: now + 0.001,
      end: now + 0.004,
      stands: ['poll:4:8', library],
      wait,
    });
    story.idle(now + 0.004, now + delay);
    now += delay;
  }
  story.done(poller, now + 0.004).step(poller, { ready: now, start: now + 0.001, end: now + 0.004 });
  story
    .done(main, now + 0.005)
    .step(main, { ready: now + 0.004, start: now + 0.0045, end: now + 0.005, cause: 'task' });
  return story.bytes();
}
