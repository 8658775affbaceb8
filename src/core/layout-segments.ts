import { taskColor } from './colors';
import { BoxKind, RowWriter } from './layout-boxes';
import { LoopKind } from './layout-loop';
import {
  DECIDED,
  firstInView,
  passOver,
  type RowContext,
  rightOf,
  rowsOfTask,
  shown,
  WALK,
  windowOf,
} from './layout-window';
import type { LoopRow, Row } from './rows';

/** Rows of columns: tasks and loops. */

export function fillTask({ task: index }: Extract<Row, { kind: 'task' }>, context: RowContext): void {
  const { lanes, projection } = context;
  const { segments } = lanes.timeline;
  const { state } = segments;
  const rows = rowsOfTask(lanes, index);
  const { to } = rows;
  const window = windowOf(context, segments);
  const { starts, right } = window;
  const color = taskColor(index);
  const writer = new RowWriter(context.boxes, context.width);
  let inPixel = 0;
  for (let i = firstInView(context, window, rows); i < to; i++) {
    const x = projection.at(starts.time[i], starts.step[i]);
    if (x > right) break;
    const kind = shown(context, i) ? state[i] : BoxKind.faint;
    const merged = writer.add(x, rightOf(context, window, rows, i), kind, color, i);
    inPixel = merged ? inPixel + 1 : 0;
    // Nothing that a task does is more telling than that it runs: what else is in this pixel changes its number only.
    if (inPixel < (writer.kind === BoxKind.running ? DECIDED : WALK)) continue;
    i = passOver(writer, i, projection.first(starts, writer.mergedUpTo, i + 1, to));
    inPixel = 0;
  }
  writer.flush();
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
    if (inPixel < (lastStep >= 0 ? DECIDED : WALK)) continue;
    const beyond = projection.first(starts, writer.mergedUpTo, at + 1, count);
    // Nobody's turn may be told as somebody else's. With several loops a turn of another loop may lie between: that mixes more, not less.
    if (beyond - 1 > at + 1 && (lastStep < 0 || loop.run[entry(beyond - 1)] !== loop.run[lastStep])) writer.mix();
    at = passOver(writer, at, beyond);
    inPixel = 0;
  }
  writer.flush();
}
