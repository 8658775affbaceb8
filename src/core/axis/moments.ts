import type { Lanes } from '../lanes/lanes';
import { upperBound } from '../sorted';
import type { Seconds } from '../units';

/**
 * The turns of the loop as moments to step through. A playhead is a position on the steps axis: the integer part is the turn, the fraction how
 * far the turn is. One number works on every axis, and keeps moments apart that have the same time on the virtual clock.
 */
export interface Moments {
  /** How many turns. */
  readonly count: number;
  /** Start and end of each turn, in seconds; both never decrease. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Row of `LoopIndex` of each turn; -1 if unknown. */
  readonly entry: Int32Array;
}

const known = new WeakMap<Lanes, Moments>();

/** Computed on first use, since only playback needs it. Linear in the number of turns. */
export function momentsOf(lanes: Lanes): Moments {
  const made = known.get(lanes) ?? collect(lanes);
  known.set(lanes, made);
  return made;
}

function collect({ timeline, loop }: Lanes): Moments {
  const count = timeline.steps;
  const entry = new Int32Array(count).fill(-1);
  // Turns are numbered as they end; what is nested ends before what it is nested in.
  for (let i = 0; i < loop.count; i++) if (loop.endStep[i] > 0) entry[loop.endStep[i] - 1] = i;
  const start = new Float64Array(count);
  const end = new Float64Array(count);
  let last = 0;
  for (let turn = 0; turn < count; turn++) {
    const i = entry[turn];
    const stop = i < 0 ? last : Math.max(last, loop.end[i]);
    start[turn] = i < 0 ? last : Math.min(Math.max(last, loop.start[i]), stop);
    end[turn] = stop;
    last = stop;
  }
  return { count, start, end, entry };
}

/** The turn at a position of the playhead. */
export function turnAt({ count }: Pick<Moments, 'count'>, step: number): number {
  return Math.max(0, Math.min(Math.floor(step), count - 1));
}

/** The time of a position on the steps axis. */
export function timeAt(moments: Moments, step: number): Seconds {
  if (moments.count === 0) return 0;
  const turn = turnAt(moments, step);
  const part = Math.max(0, Math.min(step - turn, 1));
  return moments.start[turn] + part * (moments.end[turn] - moments.start[turn]);
}

/** The position on the steps axis of a time: in the last turn that had begun. */
export function stepAt({ count, start, end }: Moments, time: Seconds): number {
  if (count === 0) return 0;
  const turn = Math.max(0, upperBound(start, time, 0, count) - 1);
  const length = end[turn] - start[turn];
  // Stay below the end of the turn: that position belongs to the next one.
  const part = length > 0 ? Math.max(0, Math.min((time - start[turn]) / length, 0.999)) : 0;
  return turn + part;
}
