import type { Mark } from '../../src/core/layout/marks';
import type { Theme } from './theme';

/** Paints marks of moments. Every kind has its own shape, so that none depends on colour. */
export function paintMark(context: CanvasRenderingContext2D, mark: Mark, theme: Theme): void {
  context.lineWidth = 1.5;
  context.lineCap = 'round';
  context.strokeStyle = theme.foreground;
  context.fillStyle = theme.foreground;
  context.beginPath();
  shapes[mark.kind](context, mark, theme);
}

/** Marks of an end are right of the lane's bars, that of the start is left of them, all others are above. */
const BESIDE = 8;

function diamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.moveTo(x, y - 5);
  context.lineTo(x + 5, y);
  context.lineTo(x, y + 5);
  context.lineTo(x - 5, y);
  context.closePath();
}

type Shape = (context: CanvasRenderingContext2D, mark: Mark, theme: Theme) => void;

const shapes: Record<Mark['kind'], Shape> = {
  created(context, { x, y, color }, theme) {
    context.strokeStyle = theme.tasks[color].solid;
    context.arc(x - 6, y, 3, 0, 2 * Math.PI);
    context.stroke();
  },
  result(context, { x, y }) {
    context.moveTo(x + BESIDE - 4, y);
    context.lineTo(x + BESIDE - 1, y + 3.5);
    context.lineTo(x + BESIDE + 4, y - 3.5);
    context.stroke();
  },
  exception(context, { x, y }, theme) {
    context.strokeStyle = theme.error;
    context.lineWidth = 2;
    context.moveTo(x + BESIDE - 4, y - 4);
    context.lineTo(x + BESIDE + 4, y + 4);
    context.moveTo(x + BESIDE + 4, y - 4);
    context.lineTo(x + BESIDE - 4, y + 4);
    context.stroke();
  },
  cancelled(context, { x, y }) {
    context.arc(x + BESIDE, y, 4, 0, 2 * Math.PI);
    context.moveTo(x + BESIDE - 2.8, y - 2.8);
    context.lineTo(x + BESIDE + 2.8, y + 2.8);
    context.stroke();
  },
  pending(context, { x, y }) {
    for (const shift of [-4, 0, 4]) {
      context.moveTo(x + BESIDE + shift + 1.2, y);
      context.arc(x + BESIDE + shift, y, 1.2, 0, 2 * Math.PI);
    }
    context.fill();
  },
  cancel(context, { x, y }) {
    context.moveTo(x - 4, y - 13);
    context.lineTo(x + 4, y - 13);
    context.lineTo(x, y - 7);
    context.closePath();
    context.fill();
  },
  kept(context, { x, y }, theme) {
    context.fillStyle = theme.background;
    diamond(context, x, y - 8);
    context.fill();
    context.stroke();
  },
  expired(context, { x, y }, theme) {
    context.strokeStyle = theme.background;
    context.fillStyle = theme.warning;
    diamond(context, x, y - 8);
    context.fill();
    context.stroke();
  },
  forgotten(context, { x, y }, theme) {
    context.strokeStyle = theme.warning;
    context.fillStyle = theme.background;
    context.arc(x, y - 8, 5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.beginPath();
    context.moveTo(x, y - 10.5);
    context.lineTo(x, y - 8);
    context.moveTo(x, y - 5.6);
    context.lineTo(x, y - 5.5);
    context.stroke();
  },
  notified(context, { x, y }) {
    context.moveTo(x, y - 12);
    context.lineTo(x + 4, y - 6);
    context.lineTo(x - 4, y - 6);
    context.closePath();
    context.fill();
  },
  held(context, { x, y, length = 0 }, theme) {
    context.strokeStyle = theme.warning;
    context.lineWidth = 2;
    context.lineCap = 'butt';
    context.moveTo(x + 1, y - 6);
    context.lineTo(x + 1, y - 11);
    context.lineTo(x + Math.max(3, length - 1), y - 11);
    context.lineTo(x + Math.max(3, length - 1), y - 6);
    context.stroke();
  },
  problem(context, { x, y }, theme) {
    context.strokeStyle = theme.warning;
    context.fillStyle = theme.background;
    context.moveTo(x, y - 13);
    context.lineTo(x + 4.5, y - 5.5);
    context.lineTo(x - 4.5, y - 5.5);
    context.closePath();
    context.fill();
    context.stroke();
  },
};
