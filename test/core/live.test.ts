import { describe, expect, test } from 'vitest';
import { buildLanes } from '../../src/core/lanes';
import { LiveRun } from '../../src/core/live/run';
import { readTimeline } from '../../src/core/timeline';
import { join, streamOf } from '../webview/browser/streams';

/** A run that streams in, against the same trace read as a whole. Real programs: `test/engines/live.test.ts`. */

const parts = [...streamOf({ tasks: 7, steps: 40, batches: 30, timers: 5 })];
const whole = buildLanes(readTimeline(join(parts)));

function fed(pieces: readonly Uint8Array[], after: (run: LiveRun) => void = () => {}): LiveRun {
  const run = new LiveRun();
  for (const piece of pieces) {
    run.push(piece);
    while (run.step()) after(run);
  }
  run.derive();
  return run;
}

function* cut(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

describe('a live run', () => {
  test.each([1, 13, 1000, 1e6])('in pieces of %s bytes tells the same as the file', (length) => {
    const { lanes } = fed([...cut(join(parts), length)]);
    const { tasks, segments } = lanes.timeline;
    const columns = ['state', 'start', 'end', 'site', 'about', 'cause', 'flags', 'startStep', 'endStep'] as const;
    tasks.forEach((task, index) => {
      const same = whole.timeline.tasks[index];
      expect({ ...task, first: 0 }).toEqual({ ...same, first: 0 });
      for (const name of columns)
        expect(segments[name].subarray(task.first, task.first + task.count)).toEqual(
          whole.timeline.segments[name].subarray(same.first, same.first + same.count),
        );
    });
    for (const name of ['kind', 'start', 'end', 'startStep', 'endStep', 'nested', 'run'] as const)
      expect(lanes.loop[name].subarray(0, lanes.loop.count)).toEqual(whole.loop[name]);
    expect(lanes.timeline.duration).toBe(whole.timeline.duration);
    expect(lanes.timeline.steps).toBe(whole.timeline.steps);
  });

  test('refers from the loop to the rows of tasks, however often these move', () => {
    fed(parts, ({ lanes: { loop, timeline } }) => {
      for (let at = 0; at < loop.count; at++) {
        if (loop.kind[at] !== 0) continue;
        expect(timeline.segments.state[loop.ref[at]]).toBe(1);
        expect(timeline.segments.startStep[loop.ref[at]]).toBe(loop.startStep[at]);
      }
    });
  });

  test('covers the life of each task up to now, without gap or overlap', () => {
    fed(parts, ({ lanes: { timeline, horizon } }) => {
      for (const { first, count, created } of timeline.tasks) {
        let at = created;
        for (let row = first; row < first + count; row++) {
          expect(timeline.segments.start[row]).toBe(at);
          at = timeline.segments.end[row];
        }
        expect(at).toBeLessThanOrEqual(horizon.time);
      }
    });
  });

  test('says so if the bytes are no trace', () => {
    const run = new LiveRun();
    run.push(new TextEncoder().encode('Traceback (most recent call last)'));
    expect(() => run.step()).toThrow('This is not a Coroscope trace.');
  });
});
