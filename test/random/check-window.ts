import { readTimeline } from '../../src/core/timeline/build';
import { State, type Task, type Timeline } from '../../src/core/timeline/model';
import { FlightRecorder } from '../../src/engines/flight/recorder';
import { violations } from '../core/truths';

const CLOSE = 1e-9;

/** The part of a trace that a flight recorder keeps must be a valid trace, and must agree with the whole trace about that time. */
export function* ofWindow(trace: Uint8Array, whole: Timeline, keep: number): Generator<string> {
  const recorder = new FlightRecorder(keep);
  for (let at = 0; at < trace.length; at += 1000) recorder.push(trace.subarray(at, at + 1000));
  const window = readTimeline(recorder.trace());
  for (const violation of violations(window)) yield `the last ${keep} s: ${violation}`;
  const offset = whole.duration - window.duration;
  if (!window.meta.clipped && offset !== 0)
    yield `the last ${keep} s: nothing was dropped, but ${offset} s are missing`;
  for (const task of window.tasks) {
    const same = whole.tasks.find(({ id }) => id === task.id);
    if (!same) {
      yield `the last ${keep} s: ${task.name} is not in the whole trace`;
      continue;
    }
    if (same.name !== task.name || same.outcome.kind !== task.outcome.kind)
      yield `the last ${keep} s: ${same.name} is ${task.name}`;
    const [left, right] = [runsOf(window, task), runsOf(whole, same)];
    const tail = right.slice(right.length - left.length);
    const alike = left.every(
      ([start, end], i) =>
        tail[i] && Math.abs(start + offset - tail[i][0]) < CLOSE && Math.abs(end + offset - tail[i][1]) < CLOSE,
    );
    if (!alike)
      yield `the last ${keep} s: ${task.name} ran at ${left.join('; ')} + ${offset}, in the whole trace at ${tail.join('; ')}`;
    if (!task.createdBefore && left.length !== right.length)
      yield `the last ${keep} s: ${task.name} ran ${left.length} times, in the whole trace ${right.length}`;
  }
}

function runsOf({ segments }: Timeline, { first, count }: Task): [number, number][] {
  const runs: [number, number][] = [];
  for (let row = first; row < first + count; row++) {
    if (segments.state[row] === State.running) runs.push([segments.start[row], segments.end[row]]);
  }
  return runs;
}
