import { BoxKind } from '../../src/core/lanes/box-kind';
import { levelOf } from '../../src/core/layout/groups';
import type { Scene, SceneRow } from '../../src/core/layout/scene';
import { isLoopRow } from '../../src/core/rows/row';
import type { LoopIndex } from '../../src/core/timeline/loop-entries';
import type { CssPixels } from '../../src/core/units';
import { RowPixels } from './row-pixels';
import { Scanlines } from './scanlines';
import type { TaskPixels, Theme } from './theme';

/** Paints the boxes of a scene, a row at a time. Idempotent: the same scene gives the same pixels. */

const INSET = {
  loop: 4,
  thread: 4,
  task: 4,
  coroutines: 2,
  group: 4,
  ghost: 3,
  ghosts: 3,
  section: 0,
  side: 3,
  output: 5,
  logs: 5,
} as const;
const FOOT: CssPixels = 5;
const NESTED_INSET: CssPixels = 4;

/** Paint order, bottom first: ticks are drawn over the segments that they begin. */
const PASSES = [0, 1, 2, 3] as const;
const passOf: Record<number, (typeof PASSES)[number]> = {
  [BoxKind.idle]: 0,
  [BoxKind.parked]: 0,
  [BoxKind.suspended]: 0,
  [BoxKind.faint]: 0,
  [BoxKind.ready]: 1,
  [BoxKind.callback]: 2,
  [BoxKind.running]: 3,
  [BoxKind.mixed]: 3,
  [BoxKind.output]: 3,
  [BoxKind.level]: 0,
  [BoxKind.foot]: 3,
  [BoxKind.manySuspended]: 0,
  [BoxKind.manyReady]: 1,
  [BoxKind.manyRunning]: 3,
};

export function paintBoxes(
  context: CanvasRenderingContext2D,
  scene: Scene,
  place: SceneRow,
  theme: Theme,
  ticks: readonly CssPixels[],
  loop: LoopIndex,
): void {
  const { boxes } = scene;
  const { ratio, pixels } = theme;
  const inset = INSET[place.row.kind];
  const strip = stripOf(context.canvas.width, Math.round((place.row.height - 2 * inset) * ratio));
  const line = Math.max(1, Math.round(ratio));
  if (isPlain(scene, place, loop)) {
    paintPlain(strip, scene, place, theme, ticks, line);
    context.putImageData(strip.image, 0, Math.round((place.y + inset) * ratio));
    return;
  }
  strip.clear(pixels.background);
  for (const tick of ticks) {
    const x = Math.round(Math.round(tick) * ratio);
    strip.fill(x, 0, x + line, strip.height, pixels.grid);
  }
  const foot = place.footed ? Math.round(FOOT * ratio) : 0;
  if (place.limited) dashes(strip, line, pixels.muted);
  const present = [false, false, false, false];
  for (let i = place.first; i < place.end; i++) present[passOf[boxes.kind[i]]] = true;
  for (const pass of PASSES) {
    for (let i = place.first; present[pass] && i < place.end; i++) {
      const kind = boxes.kind[i];
      if (passOf[kind] !== pass) continue;
      const x = Math.round(boxes.x[i] * ratio);
      const right = Math.round((boxes.x[i] + boxes.width[i]) * ratio);
      const end = right - x > 3 * line ? right - line : Math.max(x + line, right);
      const nested = isLoopRow(place.row) && loop.nested[boxes.ref[i]] === 1;
      const top = nested ? Math.round(NESTED_INSET * ratio) : 0;
      if (kind === BoxKind.level || kind === BoxKind.foot) {
        paintLevel(strip, kind, { x, end: right, line }, boxes.span[i] / place.peak, foot, theme);
        continue;
      }
      if (kind >= BoxKind.manySuspended && kind <= BoxKind.manyRunning) {
        const share = (value: number) => value / place.peak;
        paintCrowd(strip, kind, { x, end: right, line }, boxes.span[i], share, foot, pixels.tasks[boxes.color[i]]);
        continue;
      }
      const frame = { x, end, top, bottom: strip.height - (foot > 0 ? foot + line : top), line };
      if (kind === BoxKind.mixed) strip.fill(x, top, end, frame.bottom, pixels.busy[boxes.span[i]]);
      else if (kind === BoxKind.running && place.row.kind === 'task')
        strip.fill(x, top, end, frame.bottom, pixels.tasks[boxes.color[i]].ran[boxes.span[i]]);
      else paintBox(strip, kind, frame, pixels.tasks[boxes.color[i]], theme);
    }
  }
  context.putImageData(strip.image, 0, Math.round((place.y + inset) * ratio));
}

/** Narrower bars get no pattern. */
const PATTERNED: CssPixels = 12;
/** Each pattern is a canvas call. With more bars than this, they are too narrow for a pattern to help. */
const MOST_PATTERNED = 150;

export function paintPatterns(
  context: CanvasRenderingContext2D,
  { boxes }: Scene,
  { row, y, first, end, footed }: SceneRow,
  { tasks }: Theme,
  loop: LoopIndex,
): void {
  const inset = INSET[row.kind];
  let left = MOST_PATTERNED;
  for (let i = first; i < end && left > 0; i++) {
    if (boxes.kind[i] !== BoxKind.running || boxes.width[i] < PATTERNED) continue;
    const { pattern } = tasks[boxes.color[i]];
    if (!pattern) continue;
    const nested = isLoopRow(row) && loop.nested[boxes.ref[i]] === 1 ? NESTED_INSET : 0;
    const top = y + inset + nested;
    context.fillStyle = pattern;
    context.fillRect(
      Math.round(boxes.x[i]),
      top,
      Math.round(boxes.width[i]) - 1,
      row.height - 2 * (inset + nested) - (footed ? FOOT + 1 : 0),
    );
    left--;
  }
}

/** Whether all boxes of a row have its full height: nearly always, and always in rows with thousands of boxes. */
function isPlain({ boxes }: Scene, { row, first, end, footed, limited }: SceneRow, loop: LoopIndex): boolean {
  if (footed || limited) return false;
  for (let i = first; i < end; i++) {
    if (boxes.kind[i] > BoxKind.parked && boxes.kind[i] !== BoxKind.faint) return false;
    if (isLoopRow(row) && loop.nested[boxes.ref[i]] === 1) return false;
  }
  return true;
}

function paintPlain(
  strip: RowPixels,
  { boxes }: Scene,
  { row, first, end: last }: SceneRow,
  { ratio, pixels }: Theme,
  ticks: readonly CssPixels[],
  line: number,
): void {
  if (scanlines?.width !== strip.width) scanlines = new Scanlines(strip.width);
  scanlines.clear(pixels.background);
  const hollow = row.kind === 'ghost';
  // Elsewhere the column means something else.
  const isTask = row.kind === 'task' || hollow;
  for (const tick of ticks) {
    const x = Math.round(Math.round(tick) * ratio);
    scanlines.solid(x, x + line, pixels.grid);
  }
  for (const pass of PASSES) {
    for (let i = first; i < last; i++) {
      const kind = boxes.kind[i];
      if (passOf[kind] !== pass) continue;
      const x = Math.round(boxes.x[i] * ratio);
      const right = Math.round((boxes.x[i] + boxes.width[i]) * ratio);
      const end = right - x > 3 * line ? right - line : Math.max(x + line, right);
      const color = boxes.color[i];
      const paint = pixels.tasks[color];
      if (kind === BoxKind.running) scanlines.solid(x, end, isTask ? paint.ran[boxes.span[i]] : paint.solid);
      else if (kind === BoxKind.output) scanlines.solid(x, end, paint.solid);
      else if (kind === BoxKind.mixed) scanlines.solid(x, end, pixels.busy[boxes.span[i]]);
      else if (kind === BoxKind.suspended)
        scanlines.framed(x, end, paint.edge, hollow ? pixels.background : paint.tint, line);
      else if (kind === BoxKind.callback) scanlines.framed(x, end, pixels.muted, pixels.background, line);
      else if (kind === BoxKind.ready) scanlines.striped(x, end, paint.solid, color, line);
      else scanlines.thin(x, end, kind === BoxKind.idle ? pixels.idle : pixels.parked);
    }
  }
  scanlines.write(strip, line, pixels.tasks);
}

let scanlines: Scanlines | undefined;

/** In pixels of the device. */
interface Frame {
  readonly x: number;
  readonly end: number;
  readonly top: number;
  readonly bottom: number;
  /** Width of lines. */
  readonly line: number;
}

function paintBox(strip: RowPixels, kind: number, frame: Frame, paint: TaskPixels, { pixels }: Theme): void {
  const { x, end, top, bottom, line } = frame;
  switch (kind) {
    case BoxKind.running:
    case BoxKind.output:
      strip.fill(x, top, end, bottom, paint.solid);
      break;
    case BoxKind.ready:
      // Without room for an edge, draw only the hatching.
      if (end - x < 4 * line) strip.tile(x, top, end, bottom, paint.hatch);
      else {
        strip.fill(x, top, end, bottom, paint.solid);
        strip.tile(x + line, top + line, end - line, bottom - line, paint.hatch);
      }
      break;
    case BoxKind.suspended:
      framed(strip, frame, paint.edge, paint.tint);
      break;
    case BoxKind.callback:
      framed(strip, frame, pixels.muted, pixels.background);
      break;
    default: {
      const middle = (top + bottom) >> 1;
      strip.fill(x, middle, end, middle + line, kind === BoxKind.idle ? pixels.idle : pixels.parked);
    }
  }
}

/** Paints a value of a chart; at the foot of other bars, as a thick line. `share`: of the chart's height, 0 … 1. */
function paintLevel(
  strip: RowPixels,
  kind: number,
  { x, end, line }: Pick<Frame, 'x' | 'end' | 'line'>,
  share: number,
  foot: number,
  { pixels }: Theme,
): void {
  const room = kind === BoxKind.foot ? foot : strip.height;
  const top = strip.height - Math.max(2 * line, Math.round(Math.min(1, share) * room));
  if (kind === BoxKind.foot) strip.fill(x, top, end, strip.height, pixels.ink);
  else {
    strip.fill(x, top, end, strip.height, pixels.level);
    strip.fill(x, top, end, top + 2 * line, pixels.muted);
  }
}

/** Paints a group: running tasks at the bottom, above them a chart of suspended tasks with the ready ones on top. */
function paintCrowd(
  strip: RowPixels,
  kind: number,
  { x, end, line }: Pick<Frame, 'x' | 'end' | 'line'>,
  span: number,
  share: (value: number) => number,
  foot: number,
  paint: TaskPixels,
): void {
  if (kind === BoxKind.manyRunning) {
    strip.fill(x, strip.height - foot, end, strip.height, paint.solid);
    return;
  }
  const floor = strip.height - foot - line;
  const height = (value: number) => Math.round(Math.min(1, share(value)) * floor);
  const { base, value } = kind === BoxKind.manyReady ? levelOf(span) : { base: 0, value: span };
  const bottom = floor - Math.min(height(base), floor - line);
  const top = Math.max(0, Math.min(bottom - line, floor - height(base + value)));
  if (kind === BoxKind.manyReady) strip.tile(x, top, end, bottom, paint.hatch);
  else {
    strip.fill(x, top, end, bottom, paint.tint);
    strip.fill(x, top, end, top + line, paint.edge);
  }
}

/** Paints the limit of a chart. */
function dashes(strip: RowPixels, line: number, color: number): void {
  for (let x = 0; x < strip.width; x += 6 * line) strip.fill(x, 0, x + 3 * line, line, color);
}

/** A box too narrow for an inside is only edge. */
function framed(strip: RowPixels, { x, end, top, bottom, line }: Frame, edge: number, inside: number): void {
  strip.fill(x, top, end, bottom, edge);
  if (end - x >= 4 * line) strip.fill(x + line, top + line, end - line, bottom - line, inside);
}

const strips = new Map<number, RowPixels>();

/** Scratch buffers, one for each row height. */
function stripOf(width: number, height: number): RowPixels {
  let strip = strips.get(height);
  if (strip?.width === width) return strip;
  // Another pixel ratio has other heights too.
  if (strips.size > 10) strips.clear();
  strip = new RowPixels(width, height);
  strips.set(height, strip);
  return strip;
}
