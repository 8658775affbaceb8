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
}

/** Marks closer than this are merged. */
const APART: CssPixels = 4;

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
    found.push({ x, width: projection.at(end, 0) - x, start: folds[i].start, end, count: next - i });
    i = next;
  }
  return found;
}
