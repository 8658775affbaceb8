import { BoxKind } from '../lanes/box-kind';
import type { CssPixels } from '../units';
import type { Boxes } from './boxes';
import type { Mark } from './marks';
import type { Scene, SceneRow } from './scene';

/** What lies under the pointer. */
export interface Hit {
  readonly place: SceneRow;
  /** Index into the scene's boxes, undefined beside all of them. */
  readonly box: number | undefined;
  /** A mark that takes precedence over the box below it. */
  readonly mark: Mark | undefined;
}

/** Ticks are narrow; this much beside them still counts. */
const SLOP: CssPixels = 3;

export function hitTest(scene: Scene, x: CssPixels, y: CssPixels): Hit | undefined {
  const place = scene.rows.find((candidate) => y >= candidate.y && y < candidate.y + candidate.row.height);
  if (!place) return undefined;
  const mark = scene.marks.find(({ about, x: left, y: middle }) => about && isNear(left - x, middle - y));
  return { place, mark, box: boxAt(scene, place, x) };
}

/** Marks are drawn above the point that they belong to. */
function isNear(dx: CssPixels, dy: CssPixels): boolean {
  return Math.abs(dx) <= 6 && dy >= 1 && dy <= 14;
}

/** The smallest box there: it is drawn on top of wider ones. */
function boxAt({ boxes }: Scene, { first, end }: SceneRow, x: CssPixels): number | undefined {
  let best: number | undefined;
  for (let i = first; i < end; i++) {
    const left = boxes.x[i];
    const width = boxes.width[i];
    const slop = width < 6 ? SLOP : 0;
    if (left - slop > x || left + width + slop <= x) continue;
    if (best === undefined || isOver(boxes, i, best)) best = i;
  }
  return best;
}

/** Whether a box is hit before another: the holder's box before the number of waiters at its foot, else the narrower one. */
function isOver({ kind, width }: Boxes, one: number, other: number): boolean {
  const foot = kind[one] === BoxKind.foot;
  return foot === (kind[other] === BoxKind.foot) ? width[one] < width[other] : !foot;
}
