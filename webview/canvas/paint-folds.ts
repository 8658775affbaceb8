import type { Scene } from '../../src/core/layout/scene';
import type { CssPixels } from '../../src/core/units';
import type { Theme } from './theme';

/** Paints a fold of the axis as a tear: a strip of background between two jagged edges, over the full height. */

const TEAR: CssPixels = 5;
const TOOTH: CssPixels = 6;
const DEPTH: CssPixels = 2;
const FROM_END: CssPixels = 12;
/** A narrower fold is drawn as a dotted line. */
const NARROW: CssPixels = 14;

export function paintFolds(context: CanvasRenderingContext2D, scene: Scene, theme: Theme): void {
  if (scene.folds.length === 0) return;
  const last = scene.rows.at(-1);
  const bottom = Math.min(scene.height, last ? last.y + last.row.height : 0);
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  for (const { x, width } of scene.folds) {
    // Labels are at the left of their boxes: keep the tear away from them.
    if (width < NARROW) dotted(context, x + width / 2, bottom, theme);
    else torn(context, x + width - Math.min(FROM_END, width / 2), bottom, theme);
  }
}

function torn(context: CanvasRenderingContext2D, x: CssPixels, bottom: CssPixels, theme: Theme): void {
  const left = x - TEAR / 2;
  const right = x + TEAR / 2;
  context.fillStyle = theme.background;
  context.beginPath();
  jagged(context, left, bottom, 1);
  for (let y = bottom + TOOTH; y >= 0; y -= TOOTH) context.lineTo(right + shift(y), y);
  context.closePath();
  context.fill();
  context.beginPath();
  jagged(context, left, bottom, 1);
  jagged(context, right, bottom, 1);
  context.stroke();
}

function jagged(context: CanvasRenderingContext2D, x: CssPixels, bottom: CssPixels, from: 0 | 1): void {
  for (let y = 0; y <= bottom + TOOTH; y += TOOTH) {
    if (y === 0 && from) context.moveTo(x + shift(y), y);
    else context.lineTo(x + shift(y), y);
  }
}

function shift(y: CssPixels): CssPixels {
  return Math.round(y / TOOTH) % 2 === 0 ? -DEPTH : DEPTH;
}

function dotted(context: CanvasRenderingContext2D, x: CssPixels, bottom: CssPixels, theme: Theme): void {
  context.fillStyle = theme.muted;
  for (let y = 1; y < bottom; y += 4) context.fillRect(Math.round(x), y, 1, 2);
}
