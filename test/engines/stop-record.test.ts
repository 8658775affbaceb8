import { expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { withStopRecord } from '../../src/engines/stop-record';
import { TraceStory } from '../core/encode';

const stop = { reason: 'cancelled', message: 'demo.py was cancelled. 취소됨' };

function story(): Uint8Array {
  const told = new TraceStory();
  const main = told.task('Task-1', 'main', 0);
  told.step(main, {
    start: 0,
    cause: 'created',
    stands: ['main:3:4', '~sleep:10:4'],
    wait: ['sleep', 'sleep 1 s', { delay: 1 }],
  });
  told.step(main, { start: 1 });
  return told.bytes();
}

test('wherever a trace is cut off, the reason is added and the rest is kept', () => {
  const whole = story();
  let tasks = 0;
  for (let length = 0; length <= whole.length; length++) {
    const told = withStopRecord(whole.slice(0, length), stop);
    let timeline: ReturnType<typeof readTimeline>;
    try {
      timeline = readTimeline(told);
    } catch {
      // Not even the description of the run had arrived.
      expect(tasks).toBe(0);
      continue;
    }
    if (timeline.exit === undefined) expect(timeline.truncated).toEqual(stop);
    expect(timeline.tasks.length).toBeGreaterThanOrEqual(tasks);
    tasks = timeline.tasks.length;
  }
  expect(tasks).toBe(1);
});

test('a trace that tells its own end is left as it is', () => {
  const whole = story();
  expect(readTimeline(whole).exit).toBeDefined();
  expect(withStopRecord(whole, stop)).toBe(whole);
  const once = withStopRecord(whole.slice(0, -30), stop);
  expect(withStopRecord(once, { reason: 'killed', message: 'again' })).toBe(once);
});
