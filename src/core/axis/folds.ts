import type { CssPixels, Seconds } from '../units';
import { AxisProjection, type Projection } from './projection';
import { foldAfter } from './squeeze';

/** Where the axis hides a stretch of time. */
export interface SceneFold {
  readonly x: CssPixels;
  readonly width: CssPixels;
  readonly start: Seconds;
  readonly end: Seconds;
  /** How many stand here, too close to be told apart; `start` and `end` are of the first and the last. */
  readonly count: number;
}

/** Marks closer than this are one. */
const APART: CssPixels = 4;

/** The folds in view, from left to right. On the way from one axis to another there are none. */
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
