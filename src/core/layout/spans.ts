import { taskColor } from '../colors';
import { BoxKind } from '../lanes/box-kind';
import type { Row } from '../rows/row';
import { firstWhere, upperBound } from '../sorted';
import { type CoroutineSpan, State } from '../timeline/model';
import type { CssPixels, Seconds } from '../units';
import { RowWriter } from './boxes';
import {
  firstInView,
  passOver,
  type RowContext,
  type Rows,
  rightOf,
  rowsOfTask,
  shown,
  WALK,
  type Window,
  windowOf,
} from './window';

/** Rows that are no columns: coroutines, output and log. */

/** A coroutine has the states of its task, from its start to its end, while it is part of the await chain. */
export function fillCoroutines(row: Extract<Row, { kind: 'coroutines' }>, context: RowContext): void {
  const { lanes, projection, boxes, width } = context;
  const { timeline } = lanes;
  const window = windowOf(context, timeline.segments);
  const rows = rowsOfTask(lanes, row.task);
  const color = taskColor(row.task);
  const writer = new RowWriter(boxes, width);
  const begin = (s: number) => projection.at(row.spans[s].start, row.spans[s].startStep);
  const first = (x: CssPixels, from: number) => firstWhere(from, row.spans.length, (s) => begin(s) >= x);
  let inPixel = 0;
  let s = firstWhere(0, row.spans.length, (i) => finishOf(row.spans[i], context) >= window.left);
  for (; s < row.spans.length; s++) {
    if (begin(s) > window.right) break;
    const merged = fillSpan(row.spans[s], s, rows, color, window, writer, context);
    inPixel = merged ? inPixel + 1 : 0;
    if (inPixel < WALK) continue;
    s = passOver(writer, s, first(writer.mergedUpTo, s + 1));
    inPixel = 0;
  }
  writer.flush();
}

/** @returns whether all of it went into the box before. */
function fillSpan(
  span: CoroutineSpan,
  index: number,
  rows: Rows,
  color: number,
  window: Window,
  writer: RowWriter,
  context: RowContext,
): boolean {
  const { segments } = context.lanes.timeline;
  const { projection } = context;
  const { starts, right } = window;
  const { first, to } = rows;
  const begin = projection.at(span.start, span.startStep);
  const finish = finishOf(span, context);
  // On the virtual clock many segments have the same time; turns decide which are in the span.
  const own = upperBound(segments.endStep, span.startStep, first, to);
  let merged = true;
  let inPixel = 0;
  let i = Math.max(own, firstInView(context, window, rows));
  for (; i < to && segments.startStep[i] < span.endStep; i++) {
    const start = projection.at(starts.time[i], starts.step[i]);
    if (start > right) break;
    const x0 = Math.max(start, begin);
    const x1 = Math.min(rightOf(context, window, rows, i), finish);
    if (x1 < x0) continue;
    const kind = shown(context, i) ? kindIn(span, i, context) : BoxKind.faint;
    const joined = writer.add(x0, x1, kind, color, i, index);
    merged &&= joined;
    inPixel = joined ? inPixel + 1 : 0;
    if (inPixel < WALK) continue;
    i = passOver(writer, i, projection.first(starts, writer.mergedUpTo, i + 1, to));
    inPixel = 0;
  }
  return merged;
}

function finishOf(span: CoroutineSpan, { lanes: { horizon }, projection }: RowContext): CssPixels {
  if (span.outcome === 'pending') return projection.at(horizon.time, horizon.steps);
  return projection.at(span.end, span.endStep);
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

/** Boxes for moments: output and log records. */
export function fillWritten(
  output: readonly { readonly time: Seconds; readonly step: number; readonly task: number }[],
  { lanes, projection, boxes, width }: RowContext,
): void {
  // On the steps axis in the middle of the step that wrote it.
  const place = (i: number) => projection.at(output[i].time, output[i].step + 0.5);
  const first = (x: CssPixels, from: number) => firstWhere(from, output.length, (i) => place(i) >= x);
  const writer = new RowWriter(boxes, width);
  let inPixel = 0;
  for (let i = first(-4, 0); i < output.length; i++) {
    const x = place(i);
    if (x > width + 4) break;
    const task = lanes.indexOf.get(output[i].task);
    // Callbacks and the program itself write too.
    const kind = task === undefined ? BoxKind.mixed : BoxKind.output;
    const merged = writer.add(x, x, kind, task === undefined ? 0 : taskColor(task), i);
    inPixel = merged ? inPixel + 1 : 0;
    if (inPixel < WALK) continue;
    i = passOver(writer, i, first(writer.mergedUpTo, i + 1));
    inPixel = 0;
  }
  writer.flush();
}
