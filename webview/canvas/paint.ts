import type { Scene, SceneLabel, SceneRow } from '../../src/core/layout/scene';
import type { Row } from '../../src/core/rows/row';
import type { LoopIndex } from '../../src/core/timeline/loop-entries';
import { paintBoxes, paintPatterns } from './paint-boxes';
import { paintFolds } from './paint-folds';
import { paintGhostEnds } from './paint-ghosts';
import { paintMark } from './paint-marks';
import type { Theme } from './theme';

/** Rows of bars, or labels, that are painted in about a millisecond. */
const PART = { rows: 4, labels: 60 } as const;

/** Paints a scene in slices: background, grid, rows, labels, marks; the pinned row last, over the rows that scroll under it. */
export function* painting(
  context: CanvasRenderingContext2D,
  scene: Scene,
  theme: Theme,
  ticks: readonly number[],
  loop: LoopIndex,
): Generator<void> {
  context.fillStyle = theme.background;
  context.fillRect(0, 0, scene.width, scene.height);
  const pinned = scene.rows[0]?.row.height ?? 0;
  yield* paintRows(context, scene, theme, ticks, loop, 1, scene.rows.length);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, scene.width, pinned);
  yield* paintRows(context, scene, theme, ticks, loop, 0, 1);
}

function* paintRows(
  context: CanvasRenderingContext2D,
  scene: Scene,
  theme: Theme,
  ticks: readonly number[],
  loop: LoopIndex,
  from: number,
  to: number,
): Generator<void> {
  const rows = scene.rows.slice(from, to);
  const top = rows[0]?.y ?? 0;
  const last = rows.at(-1);
  const bottom = last ? last.y + last.row.height : 0;
  context.fillStyle = theme.grid;
  for (const x of ticks) context.fillRect(Math.round(x), top, 1, bottom - top);
  rows.forEach(({ y, row }, i) => {
    if (!isJoined(row, rows[i + 1]?.row)) context.fillRect(0, y + row.height - 1, scene.width, 1);
  });
  for (const [nth, place] of rows.entries()) {
    if (nth % PART.rows === PART.rows - 1) yield;
    if (place.row.kind === 'section') paintHeading(context, scene, place, theme);
    else {
      paintBoxes(context, scene, place, theme, ticks, loop);
      paintPatterns(context, scene, place, theme, loop);
    }
  }
  paintFolds(context, scene, theme, top, Math.min(scene.height, bottom));
  context.fillStyle = theme.focus;
  for (const { x, width, row } of scene.lit) {
    if (row < from || row >= to) continue;
    const { y, row: shape } = scene.rows[row];
    context.fillRect(x, y + shape.height - (shape.kind === 'task' ? 5 : 3), width, 3);
  }
  context.fillStyle = theme.find;
  for (const { x, width, row } of scene.found) {
    if (row < from || row >= to) continue;
    context.fillRect(x, scene.rows[row].y + 1, width, 3);
  }
  if (scene.end !== undefined) paintEnd(context, scene.end, top, bottom, theme);
  context.font = theme.font;
  context.textBaseline = 'middle';
  let written = 0;
  for (const label of scene.labels) {
    if (label.row < from || label.row >= to) continue;
    if (++written % PART.labels === 0) yield;
    paintLabel(context, scene, label, theme);
  }
  if (from > 0) paintGhostEnds(context, scene, theme);
  if (from > 0) paintLimits(context, scene, theme);
  // Marks belong to tasks, never to the pinned row.
  if (from > 0) for (const mark of scene.marks) paintMark(context, mark, theme);
}

function paintLabel(context: CanvasRenderingContext2D, scene: Scene, label: SceneLabel, theme: Theme): void {
  // Stripes and lines would make the letters hard to read.
  if (label.plate > 0) {
    context.fillStyle = label.on < 0 ? theme.background : theme.tasks[label.on].solid;
    // What stands on a bar keeps within it.
    const height = label.on >= 0 || scene.rows[label.row].row.kind === 'coroutines' ? 14 : 18;
    context.fillRect(label.x - label.plateLeft, label.y - height / 2, label.plate + label.plateLeft + 2, height);
  }
  context.fillStyle = label.on < 0 ? theme.foreground : theme.tasks[label.on].text;
  context.fillText(label.text, label.x, label.y + 0.5);
}

/** Rows without a line below them: the next row is of the same task. */
function isJoined(row: Row, below: Row | undefined): boolean {
  if (row.kind === 'task') return below?.kind === 'ghost' && below.now === row.task;
  if (row.kind === 'group') return below?.kind === 'ghosts' && below.joined;
  return row.kind === 'coroutines';
}

function paintHeading(context: CanvasRenderingContext2D, { width }: Scene, { y, row }: SceneRow, theme: Theme): void {
  context.fillStyle = theme.bar;
  context.fillRect(0, y, width, row.height - 1);
}

/** Time limits: a line while they were in force, dots for what was left of them. */
function paintLimits(context: CanvasRenderingContext2D, { limits }: Scene, theme: Theme): void {
  context.fillStyle = theme.foreground;
  for (const { x, over, due, y } of limits) {
    context.fillRect(x, y - 1, Math.max(1, over - x), 1);
    context.fillRect(x, y - 3, 1, 3);
    for (let dot = Math.ceil(over / 4) * 4; dot < due; dot += 4) context.fillRect(dot, y - 1, 1.5, 1);
    context.fillRect(due, y - 4, 1, 4);
  }
}

/** Paints the end of the record. */
function paintEnd(context: CanvasRenderingContext2D, x: number, top: number, bottom: number, theme: Theme): void {
  context.fillStyle = theme.muted;
  for (let y = top; y < bottom; y += 6) context.fillRect(Math.round(x), y, 1, Math.min(3, bottom - y));
}
