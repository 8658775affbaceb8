import { Flag, type Segments, type Timeline } from '../timeline/model';
import type { Seconds } from '../units';

/**
 * How far the axes reach. Where a record stops while tasks still wait (a deadlock, a limit), their last segment may have no length at all,
 * and it is the one that matters: so the axes go on a little beyond the end, and what is open is drawn up to there.
 */
export interface Horizon {
  readonly time: Seconds;
  readonly steps: number;
}

const BEYOND = 0.12;

export function horizonOf({ segments, duration, steps }: Timeline): Horizon {
  for (let i = 0; i < segments.count; i++) {
    if (isOpen(segments, i))
      return { time: duration * (1 + BEYOND), steps: steps + Math.max(1, Math.ceil(steps * BEYOND)) };
  }
  return { time: duration, steps };
}

export function isOpen({ flags }: Segments, row: number): boolean {
  return (flags[row] & Flag.open) !== 0;
}

type Ends = { readonly timeline: Pick<Timeline, 'segments'>; readonly horizon: Horizon };

/** Where a row of `Segments` is drawn to. */
export function drawnEnd({ timeline: { segments }, horizon }: Ends, row: number): { time: Seconds; step: number } {
  if (isOpen(segments, row)) return { time: horizon.time, step: horizon.steps };
  return { time: segments.end[row], step: segments.endStep[row] };
}
