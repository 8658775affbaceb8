import { State, type Timeline } from '../timeline/model';
import type { Stretch } from '../timeline/moment';
import type { Seconds } from '../units';

/**
 * How much of something lies in a stretch, in seconds; undefined: nothing of it. What takes no time lies in it if its steps do. Without a
 * stretch all of it counts.
 */
export function lengthWithin(
  { start, end, startStep, endStep }: Stretch,
  within: Stretch | undefined,
): Seconds | undefined {
  if (!within) return end - start;
  const length = Math.min(end, within.end) - Math.max(start, within.start);
  if (length > 0) return length;
  return end === start && startStep >= Math.floor(within.startStep) && endStep <= Math.ceil(within.endStep)
    ? 0
    : undefined;
}

/** A row of `Segments`. */
export function segmentWithin({ segments }: Pick<Timeline, 'segments'>, row: number, within: Stretch | undefined) {
  const { start, end, startStep, endStep } = segments;
  return lengthWithin({ start: start[row], end: end[row], startStep: startStep[row], endStep: endStep[row] }, within);
}

/** Sums over all tasks. */
export interface Totals {
  readonly length: Seconds;
  readonly tasks: number;
  /** Steps of tasks. */
  readonly steps: number;
  readonly running: Seconds;
  readonly ready: Seconds;
  readonly suspended: Seconds;
}

export function totalsIn(timeline: Pick<Timeline, 'segments' | 'duration'>, within: Stretch | undefined): Totals {
  const { segments, duration } = timeline;
  const sums = { running: 0, ready: 0, suspended: 0 };
  const tasks = new Set<number>();
  let steps = 0;
  for (let row = 0; row < segments.count; row++) {
    const length = segmentWithin(timeline, row, within);
    if (length === undefined) continue;
    tasks.add(segments.task[row]);
    const state = segments.state[row];
    if (state === State.running) {
      sums.running += length;
      steps++;
    } else if (state === State.ready) sums.ready += length;
    else if (state === State.suspended) sums.suspended += length;
  }
  return { length: within ? within.end - within.start : duration, tasks: tasks.size, steps, ...sums };
}
