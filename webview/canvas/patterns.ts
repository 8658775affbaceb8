import { cssColor, over, type Rgb, TASK_COLORS } from '../../src/core/colors';

/**
 * A pattern for each task colour, so that colour-blind users can match a bar of the loop with the lane of its task.
 * Rising diagonals are reserved for ready. The style sheet has the same patterns for the squares beside the names.
 */

type Draw = (context: OffscreenCanvasRenderingContext2D) => void;

const SIZE = 8;

const draws: readonly (Draw | undefined)[] = [
  undefined,
  (context) => context.fillRect(3, 0, 1, SIZE),
  (context) => {
    context.fillRect(1, 1, 2, 2);
    context.fillRect(5, 5, 2, 2);
  },
  (context) => {
    context.fillRect(0, 2, SIZE, 1);
    context.fillRect(0, 6, SIZE, 1);
  },
  (context) => {
    context.fillRect(0, 0, 4, 4);
    context.fillRect(4, 4, 4, 4);
  },
  (context) => {
    context.beginPath();
    context.moveTo(-2, -2);
    context.lineTo(SIZE + 2, SIZE + 2);
    context.stroke();
  },
  (context) => {
    context.fillRect(3, 0, 1, SIZE);
    context.fillRect(0, 3, SIZE, 1);
  },
  (context) => {
    context.fillRect(2, 3, 3, 1);
    context.fillRect(3, 2, 1, 3);
  },
];

/** Share of the ink that is mixed into the colour: visible, but not disturbing. */
const SHARE = 0.2;

/** @returns by task colour; undefined: plain. */
export function patternsOf(
  colors: readonly Rgb[],
  inks: readonly Rgb[],
  ratio: number,
): readonly (CanvasPattern | undefined)[] {
  return Array.from({ length: TASK_COLORS }, (_, i) => {
    const draw = draws[i];
    const tile = new OffscreenCanvas(SIZE * ratio, SIZE * ratio);
    const context = draw && tile.getContext('2d');
    if (!context) return undefined;
    context.scale(ratio, ratio);
    const color = cssColor(over(inks[i], colors[i], SHARE));
    context.fillStyle = color;
    context.strokeStyle = color;
    context.lineWidth = 1.2;
    draw(context);
    const pattern = context.createPattern(tile, 'repeat') ?? undefined;
    pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
    return pattern;
  });
}
