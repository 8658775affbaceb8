import type { Projection } from '../axis/projection';
import type { Lanes } from '../lanes/lanes';
import { LONGEST_WAIT } from '../trace/change';
import type { CssPixels, Seconds } from '../units';

/** Nice values stand no closer together than this, so that the hand can tell them apart. */
const APART: CssPixels = 6;
/** What a wait can be dragged down to. */
const SHORTEST: Seconds = 1e-6;

/**
 * How long a wait takes that is drawn from where it begins to a place on the stage: a round number, of as many digits as the zoom can tell.
 * Undefined on the steps axis, where nothing is as wide as it takes.
 */
export function draggedTo(
  { projection, lanes, start, startStep, end, endStep }: Dragged,
  x: CssPixels,
): Seconds | undefined {
  const { kind } = projection.axis;
  if (kind === 'steps') return undefined;
  const right = projection.at(end, endStep);
  const second = perSecond(projection, lanes);
  // What lies beyond may be folded, or nothing at all: a wait that becomes longer is as wide as seconds are.
  const till = x <= right ? projection.valueAt(x) : end + (x - right) / second;
  return nice(till - start, 1 / second, projection.at(start, startStep) >= x);
}

export interface Dragged {
  readonly projection: Projection;
  readonly lanes: Lanes;
  readonly start: Seconds;
  readonly startStep: number;
  readonly end: Seconds;
  readonly endStep: number;
}

/** Where the end of a wait of this length would be drawn. */
export function draggedEnd({ projection, lanes, start, end, endStep }: Dragged, duration: Seconds): CssPixels {
  const till = start + duration;
  if (till <= end) return projection.at(till, endStep);
  return projection.at(end, endStep) + (till - end) * perSecond(projection, lanes);
}

/** Pixels of a second that is not folded: the first pixels of the axis may be, so both ends of the run are asked. */
function perSecond(projection: Projection, { horizon: { time, steps } }: Lanes): number {
  const { squeeze } = projection.axis;
  // Uses the axis that is drawn: with an older run behind this one, less time is folded.
  const length = squeeze ? squeeze.squeezed(time) : time;
  return length > 0 ? (projection.at(time, steps) - projection.at(0, 0)) / length : 1;
}

function nice(duration: Seconds, perPixel: Seconds, atStart: boolean): Seconds {
  const step = niceStep(perPixel * APART);
  const steps = Math.round(duration / step);
  // 3 · 0.1 is not 0.3.
  const rounded = step < 1 ? steps / Math.round(1 / step) : steps * step;
  return Math.min(LONGEST_WAIT, Math.max(SHORTEST, atStart || rounded <= 0 ? step : rounded));
}

/** The next of 1, 2, 5, 10, 20 … */
function niceStep(least: Seconds): Seconds {
  const power = 10 ** Math.floor(Math.log10(least));
  const digit = [1, 2, 5, 10].find((each) => each * power >= least * 0.999) ?? 10;
  return power < 1 ? digit / Math.round(1 / power) : digit * power;
}
