import { Flag, type Segments, type Timeline } from '../timeline/model';
import type { Seconds } from '../units';

/**
 * End of the axes. Tasks that still wait when the record ends (a deadlock, a limit) would have a zero-length segment, and it is the one
 * that matters: the axes extend a little past the end, and open segments are drawn up to there.
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

/** Where the drawing of a row of `Segments` ends, on both axes. */
export function drawnEnd({ timeline: { segments }, horizon }: Ends, row: number): { time: Seconds; step: number } {
  if (isOpen(segments, row)) return { time: horizon.time, step: horizon.steps };
  return { time: segments.end[row], step: segments.endStep[row] };
}
