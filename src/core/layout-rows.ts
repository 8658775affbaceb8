import { taskColor } from './colors';
import type { Lanes, Row } from './lanes';
import { type Boxes, BoxKind, lowerBound, RowWriter, upperBound } from './layout-boxes';
import { LoopKind } from './layout-loop';
import type { CoroutineSpan } from './model';
import { State } from './model';
import type { CssPixels } from './units';

/** Fills rows with boxes: only what is in view, and at most one a pixel. */

export type AxisKind = 'time' | 'steps';

/** Value on the axis → pixel of the stage: `value * scale + offset`. */
export interface Projection {
  readonly axis: AxisKind;
  readonly scale: number;
  readonly offset: CssPixels;
}

export interface RowContext {
  readonly lanes: Lanes;
  readonly projection: Projection;
  readonly width: CssPixels;
  readonly boxes: Boxes;
}

interface Window {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  /** Values on the axis at the stage's edges. */
  readonly low: number;
  readonly high: number;
}

export function fillRow(row: Row, context: RowContext): void {
  if (row.kind === 'loop') fillLoop(context);
  else if (row.kind === 'task') fillTask(row.task, context);
  else if (row.kind === 'coroutines') fillCoroutines(row, context);
  else fillOutput(context);
}

function windowOf(
  { projection, width }: RowContext,
  columns: {
    start: ArrayLike<number>;
    end: ArrayLike<number>;
    startStep: ArrayLike<number>;
    endStep: ArrayLike<number>;
  },
): Window {
  const time = projection.axis === 'time';
  const { scale, offset } = projection;
  return {
    starts: time ? columns.start : columns.startStep,
    ends: time ? columns.end : columns.endStep,
    low: (-4 - offset) / scale,
    high: (width + 4 - offset) / scale,
  };
}

function fillTask(index: number, context: RowContext): void {
  const { first, count } = context.lanes.timeline.tasks[index];
  const window = windowOf(context, drawn(context));
  const from = lowerBound(window.ends, window.low, first, first + count);
  const writer = new RowWriter(context.boxes, context.width);
  writeSegments(writer, window, context, from, first + count, taskColor(index));
  writer.flush();
}

/** Beyond so many segments in one pixel the rest of that pixel is looked up, not walked through. */
const WALK = 24;

function writeSegments(
  writer: RowWriter,
  { starts, ends, high }: Window,
  { lanes, projection: { scale, offset } }: RowContext,
  from: number,
  to: number,
  color: number,
): void {
  const { state } = lanes.timeline.segments;
  let inPixel = 0;
  for (let i = from; i < to && starts[i] <= high; i++) {
    const merged = writer.add(starts[i] * scale + offset, ends[i] * scale + offset, state[i], color, i);
    inPixel = merged ? inPixel + 1 : 0;
    if (inPixel < WALK) continue;
    // The last one that begins in this pixel may reach far beyond it, so it is the next to be looked at.
    const next = lowerBound(starts, (writer.mergedUpTo - offset) / scale, i + 1, to) - 1;
    if (next > i + 1) {
      writer.skip(next - i - 1);
      i = next - 1;
    }
    inPixel = 0;
  }
}

function fillLoop(context: RowContext): void {
  const { lanes, projection, boxes, width } = context;
  const { loop, timeline } = lanes;
  const window = windowOf(context, loop);
  let i = Math.max(0, lowerBound(window.starts, window.low, 0, loop.count) - 1);
  while (i > 0 && loop.nested[i]) i--;
  const writer = new RowWriter(boxes, width);
  let inPixel = 0;
  for (; i < loop.count && window.starts[i] <= window.high; i++) {
    const { scale, offset } = projection;
    const kind = loop.kind[i];
    const step = kind === LoopKind.step;
    const box = step ? BoxKind.running : kind === LoopKind.idle ? BoxKind.idle : BoxKind.callback;
    const color = step ? taskColor(timeline.segments.task[loop.ref[i]]) : 0;
    const merged = writer.add(window.starts[i] * scale + offset, window.ends[i] * scale + offset, box, color, i);
    inPixel = merged ? inPixel + 1 : 0;
    if (inPixel < WALK) continue;
    const next = lowerBound(window.starts, (writer.mergedUpTo - offset) / scale, i + 1, loop.count) - 1;
    if (next > i + 1) {
      writer.skip(next - i - 1);
      i = next - 1;
    }
    inPixel = 0;
  }
  writer.flush();
}

/** A coroutine does what its task does, from its start to its end, as long as it is part of the await chain. */
function fillCoroutines(row: Extract<Row, { kind: 'coroutines' }>, context: RowContext): void {
  const { lanes, projection, boxes, width } = context;
  const { timeline } = lanes;
  const { segments } = timeline;
  const { scale, offset } = projection;
  const time = projection.axis === 'time';
  const window = windowOf(context, drawn(context));
  const task = timeline.tasks[row.task];
  const to = task.first + task.count;
  const color = taskColor(row.task);
  const writer = new RowWriter(boxes, width);
  for (let s = firstSpan(row.spans, time, window.low); s < row.spans.length; s++) {
    const span = row.spans[s];
    const begin = time ? span.start : span.startStep;
    const finish = finishOf(span, time, context);
    if (begin > window.high) break;
    // On the virtual clock many segments lie at one moment; turns tell which of them are the span's.
    const own = upperBound(segments.endStep, span.startStep, task.first, to);
    const from = Math.max(own, lowerBound(window.ends, window.low, task.first, to));
    for (let i = from; i < to && window.starts[i] <= window.high && segments.startStep[i] < span.endStep; i++) {
      const x0 = Math.max(window.starts[i], begin) * scale + offset;
      const x1 = Math.min(window.ends[i], finish) * scale + offset;
      if (x1 < x0) continue;
      writer.add(x0, x1, kindIn(span, i, context), color, i, s);
    }
    writer.flush();
  }
}

function firstSpan(spans: readonly CoroutineSpan[], time: boolean, low: number): number {
  let from = 0;
  let to = spans.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((time ? spans[middle].end : spans[middle].endStep) < low) from = middle + 1;
    else to = middle;
  }
  return from;
}

function drawn({ lanes: { timeline, horizon } }: RowContext) {
  const { start, startStep } = timeline.segments;
  return { start, startStep, end: horizon.end, endStep: horizon.endStep };
}

function finishOf(span: CoroutineSpan, time: boolean, { lanes: { horizon } }: RowContext): number {
  if (span.outcome === 'pending') return time ? horizon.time : horizon.steps;
  return time ? span.end : span.endStep;
}

function kindIn(span: CoroutineSpan, segment: number, { lanes }: RowContext): number {
  const { segments, sites } = lanes.timeline;
  const state = segments.state[segment];
  if (state !== State.suspended) return state;
  // An async generator between two items is no part of the chain: nobody awaits it.
  for (let site = sites[segments.site[segment]]; site; site = sites[site.parent]) {
    if (site.code === span.code) return BoxKind.suspended;
  }
  return BoxKind.parked;
}

function fillOutput(context: RowContext): void {
  const { lanes, projection, boxes, width } = context;
  const { output } = lanes.timeline;
  const time = projection.axis === 'time';
  const writer = new RowWriter(boxes, width);
  const low = (-4 - projection.offset) / projection.scale;
  const high = (width + 4 - projection.offset) / projection.scale;
  let from = 0;
  let to = output.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((time ? output[middle].time : output[middle].step) < low) from = middle + 1;
    else to = middle;
  }
  for (let i = from; i < output.length; i++) {
    const value = time ? output[i].time : output[i].step + 0.5;
    if (value > high) break;
    const x = value * projection.scale + projection.offset;
    const task = lanes.indexOf.get(output[i].task);
    // Callbacks and the program itself write too.
    if (task === undefined) writer.add(x, x, BoxKind.mixed, 0, i);
    else writer.add(x, x, BoxKind.output, taskColor(task), i);
  }
  writer.flush();
}
