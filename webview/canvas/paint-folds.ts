import type { Scene } from '../../src/core/layout/scene';
import type { CssPixels } from '../../src/core/units';
import type { Theme } from './theme';

/**
 * Paints folds of the axis: a tear through the rows, or a dotted line where there is no room for one. A fold that is wide on the screen
 * has ticks of its own; there, dotted lines say where the scale changes.
 */

const TEAR: CssPixels = 5;
const TOOTH: CssPixels = 6;
const DEPTH: CssPixels = 2;
const FROM_END: CssPixels = 12;
/** A narrower fold is drawn as a dotted line. */
const NARROW: CssPixels = 14;

/** Under the labels of the rows between `top` and `bottom`. */
export function paintFolds(
  context: CanvasRenderingContext2D,
  scene: Scene,
  theme: Theme,
  top: CssPixels,
  bottom: CssPixels,
): void {
  if (scene.folds.length === 0) return;
  context.save();
  context.beginPath();
  context.rect(0, top, scene.width, bottom - top);
  context.clip();
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  for (const { x, width, roomy } of scene.folds) {
    if (roomy) for (const edge of [x, x + width]) dotted(context, edge, bottom, theme);
    else if (width < NARROW) dotted(context, x + width / 2, bottom, theme);
    else torn(context, x + width - Math.min(FROM_END, width / 2), bottom, theme);
  }
  context.restore();
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
