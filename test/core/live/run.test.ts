import { describe, expect, test } from 'vitest';
import { joined } from '../../../src/core/joined';
import { buildLanes, type Lanes } from '../../../src/core/lanes/lanes';
import { LiveRun } from '../../../src/core/live/run';
import { readTimeline } from '../../../src/core/timeline/build';
import type { Task } from '../../../src/core/timeline/model';
import { streamOf } from '../../webview/browser/streams';
import { TraceStory } from '../encode';

/** A run that streams in, against the same trace read as a whole. Real programs: `test/engines/live.test.ts`. */

const parts = [...streamOf({ tasks: 7, steps: 40, batches: 30, timers: 5 })];
const whole = buildLanes(readTimeline(joined(parts)));

function fed(pieces: readonly Uint8Array[], after: (run: LiveRun) => void = () => {}): LiveRun {
  const run = new LiveRun();
  for (const piece of pieces) {
    run.push(piece);
    while (run.step()) after(run);
  }
  run.derive();
  return run;
}

/** Of a task: all but where its rows are. That of a whole file is a row of a table, that of a run an object. */
function whatIsTold(task: Task) {
  const {
    label,
    id,
    name,
    coroutine,
    code,
    parent,
    loop,
    created,
    createdBefore,
    ended,
    site,
    args,
    unique,
    group,
    outcome,
  } = task;
  const made = { id, name, coroutine, code, parent, loop, created, createdBefore, ended, site };
  return { ...made, label, args, unique, group, outcome, count: task.count };
}

/** What was told of each task, whichever rows it has. */
function told({ timeline: { tasks, segments } }: Lanes) {
  const names = ['state', 'start', 'end', 'site', 'about', 'cause', 'flags', 'startStep', 'endStep'] as const;
  return tasks.map((task) => ({
    ...whatIsTold(task),
    rows: names.map((name) => [...segments[name].subarray(task.first, task.first + task.count)]),
  }));
}

function* cut(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

describe('a live run', () => {
  test.each([1, 13, 1000, 1e6])('in pieces of %s bytes tells the same as the file', (length) => {
    const { lanes } = fed([...cut(joined(parts), length)]);
    const { tasks, segments } = lanes.timeline;
    const columns = ['state', 'start', 'end', 'site', 'about', 'cause', 'flags', 'startStep', 'endStep'] as const;
    tasks.forEach((task, index) => {
      const same = whole.timeline.tasks[index];
      expect(whatIsTold(task)).toEqual(whatIsTold(same));
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

  test('goes on with the next loop when one is over, and tells the same as the file', () => {
    const first = [...streamOf({ tasks: 3, steps: 20, batches: 5, timers: 4 })].slice(0, -1);
    const end = buildLanes(readTimeline(joined([...first]))).timeline.duration;
    const next = [...streamOf({ tasks: 4, steps: 30, batches: 6, timers: 5, loop: 2, others: 3, from: end + 0.5 })];
    const trace = joined([...first, ...next]);
    const file = buildLanes(readTimeline(trace));
    for (const length of [1000, 1e6]) {
      const { lanes } = fed([...cut(trace, length)]);
      expect(told(lanes)).toEqual(told(file));
      for (const name of ['kind', 'loop', 'start', 'end', 'startStep', 'endStep', 'nested', 'run'] as const)
        expect(lanes.loop[name].subarray(0, lanes.loop.count)).toEqual(file.loop[name]);
      expect(lanes.loops.map(({ thread }) => thread)).toEqual(file.loops.map(({ thread }) => thread));
      expect(lanes.timeline.loops).toEqual(file.timeline.loops);
    }
  });

  test('has a lane for each thread as soon as its loop runs, and each lane is what it is in the file', () => {
    const main = [...streamOf({ tasks: 3, steps: 20, batches: 8, timers: 4, thread: 'MainThread' })].slice(0, -1);
    const server = [
      ...streamOf({ tasks: 2, steps: 25, batches: 6, timers: 3, loop: 2, others: 3, thread: 'server', from: 1e-3 }),
    ];
    // Each thread writes when it has something to write: the one late, the other one early.
    const parts = [...main.slice(0, 3), ...server.slice(0, 4), ...main.slice(3), ...server.slice(4)];
    const file = buildLanes(readTimeline(joined(parts)));
    const seen: number[] = [];
    const { lanes } = fed(parts, (run) => {
      seen.push(run.lanes.loops.length);
      for (const { start, end, startStep } of run.lanes.loops.filter(({ entries }) => entries)) {
        for (let at = 1; at < start.length; at++) {
          expect(start[at]).toBeGreaterThanOrEqual(end[at - 1]);
          expect(startStep[at]).toBeGreaterThan(startStep[at - 1]);
        }
      }
    });
    expect(seen.indexOf(2)).toBe(2);
    expect(lanes.loops.length).toBe(2);
    expect(lanes.timeline.steps).toBe(file.timeline.steps);
    lanes.loops.forEach((lane, i) => {
      const same = file.loops[i];
      expect(lane.thread).toBe(same.thread);
      expect([...lane.start]).toEqual([...same.start]);
      expect([...lane.end]).toEqual([...same.end]);
      const kinds = ({ loop, loops }: Lanes) => Array.from(loops[i].entries!, (entry) => loop.kind[entry]);
      expect(kinds(lanes)).toEqual(kinds(file));
    });
    const times = (of: Lanes) => told(of).map(({ name, rows: [state, start, end] }) => ({ name, state, start, end }));
    expect(times(lanes)).toEqual(times(file));
  });

  test('knows of a task that it was cancelled before it began', () => {
    const story = new TraceStory();
    const main = story.task('main', 'main', 0);
    const late = story.task('late', 'late', 0, main);
    story.step(main, { start: 0, stands: ['main:2:4'], wait: ['sleep', 'sleep 1 s', { delay: 1 }] });
    story.done(late, 0, 'cancelled', '').unbegun(late);
    story.step(main, { start: 1 });
    const unbegun = ({ timeline }: Lanes) => Array.from(timeline.tasks, (task) => task.unbegun ?? false);
    expect(unbegun(buildLanes(readTimeline(story.bytes())))).toEqual([false, true]);
    expect(unbegun(fed([story.bytes()]).lanes)).toEqual([false, true]);
  });

  test('says so if the bytes are no trace', () => {
    const run = new LiveRun();
    run.push(new TextEncoder().encode('Traceback (most recent call last)'));
    expect(() => run.step()).toThrow('This is not a Coroscope trace.');
  });
});
