import { expect, test } from 'vitest';
import { cancellationOf } from '../../../src/core/causes/cancellations';
import { wakeReason } from '../../../src/core/causes/wakes';
import { readTimeline } from '../../../src/core/timeline/build';
import { State, type Timeline } from '../../../src/core/timeline/model';
import { translator } from '../../../src/core/translate';
import { wakerWords } from '../../../src/core/words/wakes';
import { TraceStory } from '../encode';

const t = translator(undefined);

/** The last time that a task became ready. */
function lastWake(timeline: Timeline, task: number) {
  const { first, count } = timeline.tasks[task - 1];
  for (let row = first + count - 1; row >= first; row--)
    if (timeline.segments.state[row] === State.ready) return wakeReason(timeline, row);
  throw new Error('it never was');
}

/** One task that waits, is woken in what `wake` tells, and ends. */
function woken(
  wait: [string, string, Record<string, unknown>?],
  cause: 'timer' | 'io' | 'cancel' | 'callback',
  wake: (story: TraceStory) => void,
) {
  const story = new TraceStory();
  const main = story.task('main', 'main', 0);
  story.step(main, { start: 0, cause: 'created', stands: ['main:3:4'], wait });
  wake(story);
  story.step(main, { start: 1, cause });
  const timeline = readTimeline(story.done(main, 1, cause === 'cancel' ? 'cancelled' : 'result').bytes());
  return { timeline, reason: lastWake(timeline, main) };
}

test.each([
  ['a sleep is over', 'sleep', 'sleep 1 s'],
  ['what a comment simulates is over', 'simulated', 'get() · 1 s'],
])('%s: the timer is its own', (_, kind, label) => {
  const { timeline, reason } = woken([kind, label], 'timer', (story) =>
    story.callback('_set_result_unless_cancelled', 1, 0, 'timer'),
  );
  expect(reason).toMatchObject({ cause: 'timer', timer: 1, timeout: undefined });
  expect(wakerWords(timeline, reason, t)).toBe('its own timer');
});

test('a time limit of wait() is over', () => {
  const { timeline, reason } = woken(['wait', 'wait(a)', { deadline: 2 }], 'timer', (story) =>
    story.callback('_release_waiter', 1, 0, 'timer'),
  );
  expect(reason).toMatchObject({ timeout: { task: 1, seconds: 2 }, timer: 1 });
  expect(wakerWords(timeline, reason, t)).toBe('a time limit of 2 s, which expired');
});

test('a socket can be read', () => {
  const { timeline, reason } = woken(['future', 'future'], 'io', (story) =>
    story.callback('_SelectorSocketTransport._read_ready', 1, 0, 'io'),
  );
  expect(reason.callback).toBe('_SelectorSocketTransport._read_ready');
  expect(wakerWords(timeline, reason, t)).toBe('data that arrived on a socket');
});

test('a signal’s handler', () => {
  const { timeline, reason } = woken(['event', 'event'], 'callback', (story) =>
    story.callback('Event.set', 1, 0, 'signal', 15),
  );
  expect(reason).toMatchObject({ cause: 'signal', signal: 15 });
  expect(wakerWords(timeline, reason, t)).toBe('signal SIGTERM');
});

test('asyncio.timeout() cancels', () => {
  const { timeline, reason } = woken(['sleep', 'sleep 9 s'], 'cancel', (story) =>
    story.callback('Timeout._on_timeout', 1, 0, 'timer'),
  );
  expect(reason.cancelled).toMatchObject({ kind: 'timeout', task: 1, seconds: undefined });
  expect(cancellationOf(timeline, timeline.tasks[0])).toEqual(reason.cancelled);
});

test('another callback in the same turn of time is not taken for the waker', () => {
  // Nobody woke it in a callback: the task that scheduled that one is not its waker.
  const { reason } = woken(['future', 'future'], 'callback', (story) => story.callback('other', 1, 7));
  expect(reason).toMatchObject({ callback: '', job: 0 });
});

test('a cancellation is followed through tasks that await one another to who called cancel()', () => {
  const story = new TraceStory();
  const main = story.task('main', 'main', 0);
  story.step(main, { start: 0, cause: 'created', stands: ['main:3:4'], wait: ['sleep', 'sleep 1 s'] });
  const inner = story.task('inner', 'work', 0, main);
  story.step(inner, { start: 0, cause: 'created', by: main, stands: ['work:7:4'], wait: ['future', 'future'] });
  const outer = story.task('outer', 'outer', 0, main);
  story.step(outer, {
    start: 0,
    cause: 'created',
    by: main,
    stands: ['outer:9:4'],
    wait: ['task', 'inner', { task: inner }],
  });
  story.callback('_set_result_unless_cancelled', 1, 0, 'timer');
  story.step(main, { start: 1, stands: ['main:5:4'], wait: ['task', 'outer', { task: outer }] });
  story.step(inner, { start: 1, cause: 'cancel', by: main, from: 'main:4:4' });
  story.done(inner, 1, 'cancelled');
  story.step(outer, { start: 1, cause: 'cancel', by: inner });
  story.done(outer, 1, 'cancelled');
  story.step(main, { start: 1, cause: 'cancel', by: outer });
  story.done(main, 1);
  const timeline = readTimeline(story.bytes());
  const reason = lastWake(timeline, main);
  expect(reason).toMatchObject({ task: outer, cancelled: { kind: 'task', target: inner, task: main } });
  expect(timeline.sites[reason.cancelled!.site]).toMatchObject({ line: 4 });
  expect(wakerWords(timeline, reason, t)).toBe('outer (outer), which was cancelled');
  expect(cancellationOf(timeline, timeline.tasks[outer - 1])).toEqual(reason.cancelled);
});

test('tasks that seem to have cancelled one another do not hang the reader', () => {
  const story = new TraceStory();
  const one = story.task('one', 'work', 0);
  const two = story.task('two', 'work', 0);
  story.step(one, { start: 0, cause: 'created', stands: ['work:3:4'], wait: ['future', 'future'] });
  story.step(two, { start: 0, cause: 'created', stands: ['work:3:4'], wait: ['future', 'future'] });
  story.step(one, { start: 1, cause: 'cancel', by: two });
  story.step(two, { start: 1, cause: 'cancel', by: one });
  const timeline = readTimeline(story.done(one, 1, 'cancelled').done(two, 1, 'cancelled').bytes());
  expect(lastWake(timeline, one).cancelled?.kind).toBe('unknown');
});

test('a task that was cancelled before it began has no origin', () => {
  const story = new TraceStory();
  const task = story.task('late', 'work', 0);
  story.step(task, { start: 0, cause: 'created' });
  const timeline = readTimeline(story.done(task, 0, 'cancelled').bytes());
  expect(cancellationOf(timeline, timeline.tasks[0]).kind).toBe('unknown');
});
