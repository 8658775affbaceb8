import { TraceStory } from '../../core/encode';

/** What nobody expects, and somebody has. */

/** Names that are long, right to left, of signs, of nothing, or that would break a line. */
export function names(): Uint8Array {
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  story.step(main, { start: 0, cause: 'created', stands: ['main:9:4'], wait: ['gather', 'gather of 5'] });
  const odd = [
    `${'long '.repeat(2000)}name`,
    'משימה של קריאה',
    '🐍🚀 fetch 한국어',
    'two\nlines\tand\u0007a bell\u202e',
    ' ',
  ];
  odd.forEach((name, i) => {
    const task = story.task(name, 'work', 0, main);
    const wait = ['queue.get', name, {}] as const;
    story.step(task, { start: i * 0.1, cause: 'created', by: main, stands: ['work:3:4'], wait });
    story.print(`${name}\n`, 1, task).done(task, 1, 'result', name);
    story.step(task, { start: 1, cause: 'io' });
  });
  story.done(main, 1).step(main, { start: 1, cause: 'task', by: 2 });
  return story.bytes();
}

/** A nanosecond and three days in one run. */
export function scales(): Uint8Array {
  const story = new TraceStory('/project/scales.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  const days = 3 * 86_400;
  story.step(main, { start: 0, end: 1e-9, cause: 'created', stands: ['main:2:4'], wait: ['yield', 'sleep(0)'] });
  story.step(main, { start: 2e-9, end: 3e-9, stands: ['main:3:4'], wait: ['sleep', 'sleep 3 d', { delay: days }] });
  story.idle(3e-9, days).done(main, days + 1e-3);
  story.step(main, { start: days, end: days + 1e-3 });
  return story.bytes();
}

/** A record without any event. */
export function nothing(): Uint8Array {
  return new TraceStory().bytes();
}
