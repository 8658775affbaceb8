import type { Scene, SceneRow } from '../src/core/layout';
import { BoxKind, TICK_WIDTH } from '../src/core/layout-boxes';
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
      if (kind !== pass && !(pass === BoxKind.running && isTick(kind))) continue;
      const x = Math.round(boxes.x[i]);
      let right = Math.round(boxes.x[i] + boxes.width[i]);
      const nested = isNested(i) ? NESTED_INSET : 0;
      // A dense lane has thousands of ticks that touch: as one box they look the same.
      while (pass === BoxKind.running && continues(i, right)) {
        i++;
        right = Math.max(right, Math.round(boxes.x[i] + boxes.width[i]));
      }
      const width = right - x > 3 ? right - x - 1 : Math.max(1, right - x);
      paintBox(context, kind, x, y + nested, width, height - 2 * nested, theme.tasks[boxes.color[i]], theme);
    }
  }

  function isNested(i: number): boolean {
    return place.row.kind === 'loop' && loop.nested[boxes.ref[i]] === 1;
  }

  function continues(i: number, right: number): boolean {
    const next = i + 1;
    if (next >= place.end || boxes.kind[next] !== boxes.kind[i] || boxes.color[next] !== boxes.color[i]) return false;
    return boxes.width[next] <= TICK_WIDTH + 1 && Math.round(boxes.x[next]) <= right && !isNested(i) && !isNested(next);
  }
}

const NESTED_INSET = 4;

function isTick(kind: number): boolean {
  return kind === BoxKind.mixed || kind === BoxKind.output;
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
      fill(context, x, y, width, height, paint.solid);
      break;
    case BoxKind.mixed:
      fill(context, x, y, width, height, theme.muted);
      break;
    case BoxKind.ready:
      framed(context, x, y, width, height, paint.solid, paint.hatch);
      break;
    case BoxKind.suspended:
      framed(context, x, y, width, height, paint.edge, paint.tint);
      break;
    case BoxKind.callback:
      framed(context, x, y, width, height, theme.muted, theme.background);
      break;
    default:
      context.globalAlpha = kind === BoxKind.idle ? 0.6 : 0.4;
      fill(context, x, Math.round(y + height / 2), width, 1, theme.muted);
      context.globalAlpha = 1;
  }
}

type Fill = string | CanvasPattern;

function fill(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  style: Fill,
): void {
  context.fillStyle = style;
  context.fillRect(x, y, width, height);
}

/** An edge and an inside; where there is no room for both, what is narrow is all edge, or all inside if that says more. */
function framed(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  edge: string,
  inside: Fill,
): void {
  if (width < 4) {
    fill(context, x, y, width, height, typeof inside === 'string' ? edge : inside);
    return;
  }
  fill(context, x, y, width, height, edge);
  fill(context, x + 1, y + 1, width - 2, height - 2, inside);
}
