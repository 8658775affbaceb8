import { lowerBound, upperBound } from '../sorted';
import type { Seconds } from '../units';
import { type LoopIndex, LoopKind } from './loop-entries';

/**
 * How long the loops of a lane ran something before each of its entries, in seconds: one more number than there are entries.
 * Entries inside of others count once.
 */
export function busyBefore(index: LoopIndex, entries: Uint32Array | undefined): Float64Array {
  const count = entries?.length ?? index.count;
  const sums = new Float64Array(count + 1);
  for (let at = 0; at < count; at++) {
    const i = entries?.[at] ?? at;
    const counts = index.kind[i] !== LoopKind.idle && index.nested[i] === 0;
    sums[at + 1] = sums[at] + (counts ? index.end[i] - index.start[i] : 0);
  }
  return sums;
}

/** Columns of a lane of loops, with their sums. */
export interface BusyLane {
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Of `busyBefore`. */
  readonly busy: Float64Array;
}

/** Share of a stretch of time in which the loops of a lane ran something, 0 … 1. */
export function busyShare(lane: BusyLane, from: Seconds, to: Seconds): number {
  return to > from ? Math.min(1, Math.max(0, (busyUntil(lane, to) - busyUntil(lane, from)) / (to - from))) : 1;
}

function busyUntil({ start, end, busy }: BusyLane, time: Seconds): Seconds {
  const begun = upperBound(start, time, 0, start.length);
  // Of those that count only the last may go on; the ones behind it are idle, took no time, or lie inside of it.
  const last = lowerBound(busy, busy[begun], 0, begun) - 1;
  return busy[begun] - (last < 0 ? 0 : Math.max(0, end[last] - time));
}
