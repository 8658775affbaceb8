import { Flag, type Timeline } from './model';
import type { Seconds } from './units';

/**
 * How far the axes reach. Where a record stops while tasks still wait (a deadlock, a limit), their last segment may have no length at all,
 * and it is the one that matters: so the axes go on a little beyond the end, and what is open is drawn up to there.
 */
export interface Horizon {
  readonly time: Seconds;
  readonly steps: number;
  /** Ends of the rows of `Segments`, with open ones at the horizon. */
  readonly end: Float64Array;
  readonly endStep: Uint32Array;
}

const BEYOND = 0.12;

export function horizonOf({ segments, duration, steps }: Timeline): Horizon {
  const open: number[] = [];
  for (let i = 0; i < segments.count; i++) if (segments.flags[i] & Flag.open) open.push(i);
  if (open.length === 0) return { time: duration, steps, end: segments.end, endStep: segments.endStep };
  const time = duration * (1 + BEYOND);
  const farthest = steps + Math.max(1, Math.ceil(steps * BEYOND));
  const end = segments.end.slice();
  const endStep = segments.endStep.slice();
  for (const i of open) {
    end[i] = time;
    endStep[i] = farthest;
  }
  return { time, steps: farthest, end, endStep };
}
