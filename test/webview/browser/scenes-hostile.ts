import { TraceStory } from '../../core/encode';

/** Traces that nobody expects. */

/** Names that disturb whatever shows them carelessly. */
export const oddNames = {
  html: '<img src=x onerror="document.title=\'broken\'"><script>document.title="broken"</script>&amp;',
  long: `begin ${'x'.repeat(10_000)} end`,
  lines: `one\ntwo\r\n\u0000three\u0007\tfour\u2028five`,
  rightToLeft: 'مهمة التنزيل רִאשׁוֹן',
  overridden: 'safe\u202egnp.exe\u2066',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈 ταςκ ①',
  marks: `Z${'\u0335\u0322\u034e'.repeat(40)}algo`,
  spaces: '   ',
  empty: '',
} as const;

/** A task for each of these names, which waits for something of that name; so do a lock, a job, a log record and the output. */
export function oddlyNamed(): Uint8Array {
  const story = new TraceStory('/project/odd.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  story.step(main, { start: 0, end: 0.01, cause: 'created', stands: ['main:1:4'], wait: ['gather', 'gather'] });
  Object.values(oddNames).forEach((name, i) => {
    const task = story.task(name, name, 0, main, 2 + i);
    const lock = story.resource('lock', `${name}${i}`);
    story.use(lock, 'taken', 0.02, task).use(lock, 'given', 0.9, task);
    const job = story.job('thread', name, 0.02, task);
    story.jobStarted(job, 0.02, `${name}#${i}`).jobEnded(job, 0.5, 'exception', name);
    story.print(`${name}\n`, 0.1 * i, task).log('ERROR', name, 0.1 * i, task);
    story.step(task, {
      start: 0.02,
      end: 0.03,
      cause: 'created',
      by: main,
      stands: [`work:${i + 1}:4`],
      wait: ['future', name],
    });
    story.error(name, name, 0.5, task, 3);
    story.done(task, 1, 'exception', name).step(task, { start: 0.95, end: 1, cause: 'io' });
  });
  story.done(main, 1).step(main, { start: 1 });
  return story.bytes();
}

/** Nothing at all happened: a header, and an end. */
export function nothing(): Uint8Array {
  return new TraceStory().bytes();
}

/** A run of a nanosecond at the beginning, one after three days. */
export function threeDays(): Uint8Array {
  const story = new TraceStory('/project/days.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  const day = 86_400;
  story.step(main, {
    start: 0,
    end: 1e-9,
    cause: 'created',
    stands: ['main:1:4'],
    wait: ['sleep', 'sleep 3 days', { delay: 3 * day }],
  });
  story
    .idle(1e-9, 3 * day)
    .done(main, 3 * day + 1e-9)
    .step(main, { start: 3 * day, end: 3 * day + 1e-9 });
  return story.bytes();
}

/** As many tasks as asked for, each with a coroutine of its own so that they can't be grouped, each with one step of no length. */
export function unlike(tasks: number): Uint8Array {
  const story = new TraceStory('/project/unlike.py', 'virtual');
  const main = story.task('Task-1', 'main', 0);
  story.step(main, { start: 0, cause: 'created', stands: ['main:1:4'], wait: ['gather', 'gather'] });
  for (let i = 0; i < tasks; i++) {
    const task = story.task(`t${i}`, `f${i}`, 0, main);
    story.done(task, 0).step(task, { start: 0, cause: 'created', by: main });
  }
  story.done(main, 0).step(main, { start: 0, cause: 'task', by: main });
  return story.bytes();
}
