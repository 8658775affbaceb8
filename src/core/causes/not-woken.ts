import { lowerBound } from '../sorted';
import { State, type Timeline } from '../timeline/model';
import { causeKinds } from '../trace/records';
import type { Seconds } from '../units';

/**
 * Tasks that were made ready while their loop slept in its selector. What wakes a loop ends its sleep first, so this came from another
 * thread that did not wake it: `fut.set_result()`, `call_soon()` in place of `call_soon_threadsafe()`.
 */

/** A shorter delay may be the time that waking up takes. */
const LEAST: Seconds = 0.02;

const TIMER = causeKinds.indexOf('timer');
const CREATED = causeKinds.indexOf('created');

const all = new WeakMap<Timeline['segments'], readonly number[]>();

/** Rows of `Segments`, in the order of time. */
export function notWoken(timeline: Timeline): readonly number[] {
  const known = all.get(timeline.segments) ?? find(timeline);
  all.set(timeline.segments, known);
  return known;
}

function find({ segments, idle, tasks, meta }: Timeline): number[] {
  // On the virtual clock the loop looks by itself.
  if (meta.clock === 'virtual') return [];
  const found: number[] = [];
  const starts = Float64Array.from(idle, ({ start }) => start);
  for (let row = 0; row < segments.count; row++) {
    const cause = segments.cause[row];
    const [start, end] = [segments.start[row], segments.end[row]];
    // What a timer wakes counts as ready since the timer was due.
    if (segments.state[row] !== State.ready || cause === TIMER || cause === CREATED || end - start < LEAST) continue;
    const sleep = idle[lowerBound(starts, start, 0, starts.length) - 1];
    if (sleep && sleep.loop === tasks[segments.task[row]].loop && start > sleep.start && start < sleep.end - LEAST)
      found.push(row);
  }
  return found.sort((a, b) => segments.start[a] - segments.start[b]);
}

/** The first task that was ready in vain while the loop slept from `start` to `end`. */
export function readyInVain(timeline: Timeline, start: Seconds, end: Seconds): number | undefined {
  const { segments } = timeline;
  return notWoken(timeline).find((row) => segments.start[row] > start && segments.start[row] < end);
}
