import { Flag, type Timeline } from '../timeline/model';
import type { Seconds } from '../units';

/** The stretch that is told of. */
export interface Span {
  readonly from: Seconds;
  readonly until: Seconds;
}

/** When a row of `Segments` ends: one that is open goes on. */
export function endOf({ segments }: Pick<Timeline, 'segments'>, row: number, { until }: Span): Seconds {
  return segments.flags[row] & Flag.open ? until : segments.end[row];
}

/** Seconds of a stretch that lie in the span. */
export function secondsIn(start: Seconds, end: Seconds, { from, until }: Span): Seconds {
  return Math.max(0, Math.min(end, until) - Math.max(start, from));
}
