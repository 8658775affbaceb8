import type { CssPixels, Seconds } from '../units';
import { AxisProjection, type Projection } from './projection';
import { foldAfter } from './squeeze';

/** A mark on the axis where a stretch of time is hidden. */
export interface SceneFold {
  readonly x: CssPixels;
  readonly width: CssPixels;
  readonly start: Seconds;
  readonly end: Seconds;
  /** Number of folds that are too close to tell apart; `start` is of the first, `end` of the last. */
  readonly count: number;
  /** Wide enough on the screen for ticks of its own: a stretch with another scale rather than a cut. */
  readonly roomy: boolean;
}

/** Marks closer than this are merged. */
const APART: CssPixels = 4;

/** From this width on, a fold shows its own time. */
const ROOMY: CssPixels = 200;

/** Whether a fold between two positions, which may be out of view, has ticks of its own. */
export function isRoomy(left: CssPixels, right: CssPixels): boolean {
  return right - left >= ROOMY;
}

/** The folds in view, from left to right. Empty during the transition between two axes. */
export function foldsOf(projection: Projection, width: CssPixels): SceneFold[] {
  const { squeeze } = projection.axis;
  if (!squeeze || !(projection instanceof AxisProjection)) return [];
  const { folds } = squeeze;
  const found: SceneFold[] = [];
  for (let i = foldAfter(folds, projection.valueAt(0)); i < folds.length; ) {
    const x = projection.at(folds[i].start, 0);
    if (x > width) break;
    const right = projection.at(folds[i].end, 0);
    const next = right - x >= APART ? i + 1 : Math.max(i + 1, foldAfter(folds, projection.valueAt(x + APART)));
    const { end } = folds[next - 1];
    const roomy = next === i + 1 && isRoomy(x, right);
    found.push({ x, width: projection.at(end, 0) - x, start: folds[i].start, end, count: next - i, roomy });
    i = next;
  }
  return found;
}
