import { TraceStory } from '../../core/encode';

/** Traces in which tasks deal with more than each other. */

/** Two tasks share a lock and fill a queue of two; a thread, a subprocess, a log, a time limit that is met and one that is not. */
export function workshop(): Uint8Array {
  const story = new TraceStory('/project/workshop.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  const maker = story.task('maker', 'make', 0, main, 12);
  const packer = story.task('packer', 'pack', 0, main, 13);
  const bench = story.resource('lock', 'bench');
  const box = story.resource('queue', 'box', { maxsize: 2 });
  const open = story.resource('event', 'open');
  const first = { start: 0, cause: 'created', seq: 0 } as const;
  const late = story.deadline(main, 0, 2);
  story.step(main, { ...first, end: 0.01, stands: ['main:14:4'], wait: ['event', 'event open', { resource: open }] });
  story.use(bench, 'taken', 0.02, maker);
  const saw = story.job('thread', 'saw', 0.03, maker);
  const glue = story.job('thread', 'glue', 0.03, maker);
  story.jobStarted(saw, 0.03, 'asyncio_0');
  story.step(maker, { ...first, start: 0.02, end: 0.04, by: main, stands: ['make:3:8'], wait: ['executor', 'saw()'] });
  const cut = story.job('subprocess', 'cutter --fast', 0.05, packer);
  story.jobStarted(cut, 0.05, '', 4711);
  story.step(packer, {
    ...first,
    start: 0.05,
    end: 0.06,
    by: main,
    stands: ['pack:5:8'],
    wait: ['lock', 'lock bench', { resource: bench }],
  });
  story.log('INFO', 'opened the shop', 0.06, packer);
  story.jobEnded(saw, 0.5, 'result', "'planks'").jobStarted(glue, 0.5, 'asyncio_0');
  story.idle(0.06, 0.5).callback('_call_set_state', 0.5, maker, 'thread', saw);
  story.use(box, 'put', 0.51, maker, 0).use(bench, 'given', 0.52, maker);
  story.step(maker, {
    ready: 0.5,
    start: 0.51,
    end: 0.53,
    cause: 'thread',
    by: maker,
    stands: ['make:4:8'],
    wait: ['sleep', 'sleep 0.5 s', { delay: 0.5 }],
  });
  story.use(bench, 'taken', 0.53, packer);
  story.step(packer, {
    start: 0.53,
    end: 0.55,
    cause: 'task',
    by: maker,
    stands: ['pack:6:8'],
    wait: ['sleep', 'sleep 1 s', { delay: 1 }],
  });
  story.idle(0.55, 1.03).jobEnded(glue, 0.9, 'exception', 'ValueError: dry').jobEnded(cut, 1.2, 'exit', '3');
  story.use(box, 'put', 1.03, maker, 1).log('WARNING', 'the box is full', 1.04, maker).use(open, 'set', 1.05, maker);
  story.done(maker, 1.06).step(maker, { start: 1.03, end: 1.06 });
  story.use(open, 'cleared', 1.1, main).deadlineOver(late, 1.1);
  const short = story.deadline(main, 1.1, 1.4);
  story.step(main, {
    ready: 1.05,
    start: 1.06,
    end: 1.1,
    cause: 'task',
    by: maker,
    stands: ['main:20:4'],
    wait: ['sleep', 'sleep 9 s', { delay: 9 }],
  });
  story.idle(1.1, 1.4).callback('Timeout._on_timeout', 1.4, main, 'timer').deadlineOver(short, 1.4, true);
  story.step(main, {
    start: 1.4,
    cause: 'cancel',
    by: main,
    stands: ['main:24:4'],
    wait: ['task', 'packer', { task: packer }],
  });
  story.use(box, 'got', 1.55, packer, 2).use(bench, 'given', 1.56, packer);
  story.done(packer, 1.56).step(packer, { start: 1.55, end: 1.56 });
  story.use(box, 'got', 1.6, main, 1).done(main, 1.6).step(main, { start: 1.56, end: 1.6, cause: 'task', by: packer });
  return story.bytes();
}

/** A queue that is filled and emptied again and again, a lock that goes around, a pool of threads: `rounds` times each. */
export function factory(rounds: number): Uint8Array {
  const story = new TraceStory('/project/factory.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  const queue = story.resource('queue', 'belt', { maxsize: 100 });
  const lock = story.resource('lock', 'press');
  for (let i = 0; i < rounds; i++) {
    const at = i * 1e-3;
    story.use(queue, i % 200 < 100 ? 'put' : 'got', at, main, i % 200 < 100 ? i % 100 : 100 - (i % 100));
    story.use(lock, 'taken', at, main).use(lock, 'given', at + 4e-4, main);
    const job = story.job('thread', `part ${i}`, at, main);
    story.jobStarted(job, at + 1e-4, `pool_${i % 4}`).jobEnded(job, at + 3e-3);
    story.step(main, {
      start: at,
      end: at + 5e-4,
      cause: i === 0 ? 'created' : 'timer',
      stands: ['main:2:4'],
      wait: ['yield', 'sleep(0)'],
    });
  }
  return story.bytes();
}
