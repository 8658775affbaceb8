import type { Scene, SceneRow } from '../src/core/layout';
import { BoxKind } from '../src/core/layout-boxes';
import type { LoopIndex } from '../src/core/layout-loop';
import type { TaskPaint, Theme } from './theme';

/** Paints the boxes of a scene. Idempotent: the same scene gives the same pixels. */

const INSET = { loop: 4, task: 4, coroutines: 2, output: 5 } as const;

export function paintBoxes(
  context: CanvasRenderingContext2D,
  scene: Scene,
  place: SceneRow,
  theme: Theme,
  loop: LoopIndex,
): void {
  const inset = INSET[place.row.kind];
  const y = place.y + inset;
  const height = place.row.height - 2 * inset;
  const { boxes } = scene;
  // Ticks last: they stand on top of the stretches they begin.
  for (const pass of [
    BoxKind.idle,
    BoxKind.parked,
    BoxKind.suspended,
    BoxKind.ready,
    BoxKind.callback,
    BoxKind.running,
  ]) {
    for (let i = place.first; i < place.end; i++) {
      const kind = boxes.kind[i];
      if (kind !== pass && !(pass === BoxKind.running && (kind === BoxKind.mixed || kind === BoxKind.output))) continue;
      const x = boxes.x[i];
      const width = boxes.width[i] > 3 ? boxes.width[i] - 1 : boxes.width[i];
      const paint = theme.tasks[boxes.color[i]];
      const nested = place.row.kind === 'loop' && loop.nested[boxes.ref[i]] === 1 ? 4 : 0;
      paintBox(context, kind, x, y + nested, width, height - 2 * nested, paint, theme);
    }
  }
}

function paintBox(
  context: CanvasRenderingContext2D,
  kind: number,
  x: number,
  y: number,
  width: number,
  height: number,
  paint: TaskPaint,
  theme: Theme,
): void {
  switch (kind) {
    case BoxKind.running:
    case BoxKind.output:
      context.fillStyle = paint.solid;
      context.fillRect(x, y, width, height);
      break;
    case BoxKind.mixed:
      context.fillStyle = theme.foreground;
      context.fillRect(x, y, width, height);
      break;
    case BoxKind.ready:
      context.fillStyle = paint.hatch;
      context.fillRect(x, y, width, height);
      outline(context, x, y, width, height, paint.solid);
      break;
    case BoxKind.suspended:
      context.fillStyle = width < 3 ? paint.edge : paint.tint;
      context.fillRect(x, y, width, height);
      outline(context, x, y, width, height, paint.edge);
      break;
    case BoxKind.callback:
      context.fillStyle = width < 4 ? theme.muted : theme.background;
      context.fillRect(x, y, width, height);
      outline(context, x, y, width, height, theme.muted);
      break;
    default:
      context.fillStyle = theme.muted;
      context.globalAlpha = kind === BoxKind.idle ? 0.6 : 0.4;
      context.fillRect(x, Math.round(y + height / 2), width, 1);
      context.globalAlpha = 1;
  }
}

/** Only where there is room for an inside. */
function outline(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
): void {
  if (width < 4) return;
  context.fillStyle = color;
  context.fillRect(x, y, width, 1);
  context.fillRect(x, y + height - 1, width, 1);
  context.fillRect(x, y, 1, height);
  context.fillRect(x + width - 1, y, 1, height);
}
