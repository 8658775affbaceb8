import { State, type Timeline } from '../timeline/model';
import type { AxisKind } from './axis';

/** With more steps than this, each is too narrow for its label. */
const MOST_STEPS = 60;
/** A step that takes less than this share of the run is a thin line on the time axis. */
const THIN = 1 / 50;

/**
 * The axis that shows a run best at first sight: steps for a small program whose steps are all so quick that on the time axis nobody
 * sees who ran before whom; time for all others, such as one whose loop was blocked.
 */
export function firstAxis({ duration, steps, segments }: Timeline): AxisKind {
  if (duration <= 0) return 'steps';
  if (steps > MOST_STEPS) return 'time';
  for (let i = 0; i < segments.count; i++) {
    if (segments.state[i] === State.running && segments.end[i] - segments.start[i] >= THIN * duration) return 'time';
  }
  return 'steps';
}
