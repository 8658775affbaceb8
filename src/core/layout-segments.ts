import { taskColor } from './colors';
import { BoxKind, lowerBound, RowWriter } from './layout-boxes';
import { LoopKind } from './layout-loop';
import { drawn, passOver, type RowContext, WALK, type Window, windowOf } from './layout-window';
import type { LoopRow, Row } from './rows';

/** Rows of columns: tasks and loops. */

export function fillTask({ task: index }: Extract<Row, { kind: 'task' }>, context: RowContext): void {
  const { first, count } = context.lanes.timeline.tasks[index];
  const window = windowOf(context, drawn(context));
  const from = lowerBound(window.ends, window.low, first, first + count);
  const writer = new RowWriter(context.boxes, context.width);
  writeSegments(writer, window, context, from, first + count, taskColor(index));
  writer.flush();
}

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
    i = passOver(writer, i, lowerBound(starts, (writer.mergedUpTo - offset) / scale, i + 1, to));
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
  let at = Math.max(0, lowerBound(window.starts, window.low, 0, count) - 1);
  while (at > 0 && loop.nested[entry(at)]) at--;
  const writer = new RowWriter(boxes, width);
  let inPixel = 0;
  let lastStep = -1;
  for (; at < count && window.starts[at] <= window.high; at++) {
    const { scale, offset } = projection;
    const i = entry(at);
    const kind = loop.kind[i];
    const step = kind === LoopKind.step;
    const box = step ? BoxKind.running : kind === LoopKind.idle ? BoxKind.idle : BoxKind.callback;
    const color = step ? taskColor(timeline.segments.task[loop.ref[i]]) : 0;
    const merged = writer.add(window.starts[at] * scale + offset, window.ends[at] * scale + offset, box, color, i);
    inPixel = merged ? inPixel + 1 : 0;
    if (step) lastStep = i;
    else if (!merged) lastStep = -1;
    if (inPixel < WALK) continue;
    const beyond = lowerBound(window.starts, (writer.mergedUpTo - offset) / scale, at + 1, count);
    // Nobody's turn may be told as somebody else's. With several loops the next other may be another loop's: that mixes more, not less.
    if (beyond - 1 > at + 1 && (lastStep < 0 || loop.other[lastStep] < (beyond < count ? entry(beyond) : loop.count)))
      writer.mix();
    at = passOver(writer, at, beyond);
    inPixel = 0;
  }
  writer.flush();
}
