import { taskColor } from './colors';
import { BoxKind, RowWriter } from './layout-boxes';
import { LoopKind } from './layout-loop';
import { drawn, passOver, type RowContext, WALK, type Window, windowOf } from './layout-window';
import type { LoopRow, Row } from './rows';

/** Rows of columns: tasks and loops. */

export function fillTask({ task: index }: Extract<Row, { kind: 'task' }>, context: RowContext): void {
  const { first, count } = context.lanes.timeline.tasks[index];
  const window = windowOf(context, drawn(context));
  const from = context.projection.first(window.ends, window.left, first, first + count);
  const writer = new RowWriter(context.boxes, context.width);
  writeSegments(writer, window, context, from, first + count, taskColor(index));
  writer.flush();
}

function writeSegments(
  writer: RowWriter,
  { starts, ends, right }: Window,
  { lanes, projection }: RowContext,
  from: number,
  to: number,
  color: number,
): void {
  const { state } = lanes.timeline.segments;
  let inPixel = 0;
  for (let i = from; i < to; i++) {
    const x = projection.at(starts.time[i], starts.step[i]);
    if (x > right) break;
    const merged = writer.add(x, projection.at(ends.time[i], ends.step[i]), state[i], color, i);
    inPixel = merged ? inPixel + 1 : 0;
    if (inPixel < WALK) continue;
    i = passOver(writer, i, projection.first(starts, writer.mergedUpTo, i + 1, to));
    inPixel = 0;
  }
}

export function fillLoop(row: LoopRow, context: RowContext): void {
  const { lanes, projection, boxes, width } = context;
  const lane = lanes.loops[row.lane];
  const { loop, timeline } = lanes;
  const window = windowOf(context, lane);
  const { entries } = lane;
  const count = entries?.length ?? loop.count;
  const entry = (at: number) => entries?.[at] ?? at;
  const { starts, ends } = window;
  let at = Math.max(0, projection.first(starts, window.left, 0, count) - 1);
  while (at > 0 && loop.nested[entry(at)]) at--;
  const writer = new RowWriter(boxes, width);
  let inPixel = 0;
  let lastStep = -1;
  for (; at < count; at++) {
    const x = projection.at(starts.time[at], starts.step[at]);
    if (x > window.right) break;
    const i = entry(at);
    const kind = loop.kind[i];
    const step = kind === LoopKind.step;
    const box = step ? BoxKind.running : kind === LoopKind.idle ? BoxKind.idle : BoxKind.callback;
    const color = step ? taskColor(timeline.segments.task[loop.ref[i]]) : 0;
    const merged = writer.add(x, projection.at(ends.time[at], ends.step[at]), box, color, i);
    inPixel = merged ? inPixel + 1 : 0;
    if (step) lastStep = i;
    else if (!merged) lastStep = -1;
    if (inPixel < WALK) continue;
    const beyond = projection.first(starts, writer.mergedUpTo, at + 1, count);
    // Nobody's turn may be told as somebody else's. With several loops the next other may be another loop's: that mixes more, not less.
    if (beyond - 1 > at + 1 && (lastStep < 0 || loop.other[lastStep] < (beyond < count ? entry(beyond) : loop.count)))
      writer.mix();
    at = passOver(writer, at, beyond);
    inPixel = 0;
  }
  writer.flush();
}
