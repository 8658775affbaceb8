import type { Axis } from '../axis/axis';
import { taskColor } from '../colors';
import { BoxKind } from '../lanes/box-kind';
import type { LoopRow, RowOf } from '../rows/row';
import { type BusyLane, busyShare } from '../timeline/busy-time';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import { addOwn, addShared, isMoreTelling, MERGE_BELOW, RowWriter } from './boxes';
import { DECIDED, firstInView, passOver, type RowContext, rightOf, rowsOfTask, shown, WALK, windowOf } from './window';

/** Rows of columns: tasks and loops. */

/** A task's rows have no gaps: each ends where the next begins. So of the rows in one pixel only the first and the last are read. */
export function fillTask({ task: index }: Pick<RowOf<'task'>, 'task'>, context: RowContext): void {
  const { lanes, projection, boxes, width } = context;
  const rows = rowsOfTask(lanes, index);
  const { to } = rows;
  const window = windowOf(context, lanes.timeline.segments);
  const sweep = projection.sweep(window.starts);
  const color = taskColor(index);
  const endOf = (row: number) => (row + 1 < to ? sweep.at(row + 1) : rightOf(context, window, rows, row));
  let i = firstInView(context, window, rows);
  let x = i < to ? sweep.at(i) : 0;
  while (i < to && x <= window.right) {
    let end = endOf(i);
    if (end - x >= MERGE_BELOW) {
      addOwn(boxes, x, end, kindOf(context, i), color, i, 0, width);
      i++;
      x = end;
      continue;
    }
    const last = sweep.beyond(x + MERGE_BELOW, i + 1, to) - 1;
    let own = x;
    if (last > i) {
      own = sweep.at(last);
      end = endOf(last);
    }
    if (last > i && end - own >= MERGE_BELOW) {
      // It begins in this pixel, and may extend far beyond it.
      const seen = mostTelling(context, i, last);
      addShared(boxes, x, own, kindOf(context, seen), color, seen, ranLevel(context, i, last), last - i);
      addOwn(boxes, own, end, kindOf(context, last), color, last, 0, width);
    } else {
      const seen = mostTelling(context, i, last + 1);
      addShared(boxes, x, end, kindOf(context, seen), color, seen, ranLevel(context, i, last + 1), last - i + 1);
    }
    i = last + 1;
    x = end;
  }
}

/** With no more waits than this in a pixel, turns are drawn at least this strongly: one between two long waits has to be seen. */
const FEW = 2;
const SEEN = 6;
/** Segments of a pixel whose times are added up: groups of neighbours, so that waits and turns are counted alike. */
const MOST_ADDED = 64;
const NEIGHBOURS = 4;

/**
 * For how much of a pixel with several turns and waits of one task it ran, 1 … `BUSY_LEVELS`: a task that mostly waits must not look as
 * if it ran all the time. 0: it did not wait there, or the axis knows no time. Of very many segments only some are looked at.
 */
function ranLevel({ lanes, projection }: RowContext, from: number, to: number): number {
  if (to - from < 2 || projection.axis.kind === 'steps') return 0;
  const { start, end, state } = lanes.timeline.segments;
  const stride = to - from <= MOST_ADDED ? NEIGHBOURS : Math.floor(((to - from) / MOST_ADDED) * NEIGHBOURS);
  let ran = 0;
  let waited = 0;
  let waits = 0;
  for (let group = from; group < to; group += stride) {
    for (let row = group; row < Math.min(to, group + NEIGHBOURS); row++) {
      if (state[row] === State.running) ran += end[row] - start[row];
      else if (state[row] === State.suspended) {
        waited += end[row] - start[row];
        waits++;
      }
    }
  }
  if (waited <= 0) return 0;
  return Math.max(waits <= FEW ? SEEN : 1, Math.round((ran / (ran + waited)) * BUSY_LEVELS));
}

function kindOf(context: RowContext, row: number): number {
  return shown(context, row) ? context.lanes.timeline.segments.state[row] : BoxKind.faint;
}

/**
 * The first row of the highest priority in `from … to` (exclusive) of a task. Running has the highest priority, and
 * a task runs between any two waits, so this ends after a few rows. A filter may hide all of them.
 */
function mostTelling(context: RowContext, from: number, to: number): number {
  const limit = context.filter ? Math.min(to, from + WALK) : to;
  let best = from;
  let kind = kindOf(context, from);
  for (let row = from + 1; row < limit && kind !== BoxKind.running; row++) {
    const other = kindOf(context, row);
    if (!isMoreTelling(other, kind)) continue;
    best = row;
    kind = other;
  }
  return best;
}

export function fillLoop(row: LoopRow, context: RowContext): void {
  const { lanes, projection, boxes, width } = context;
  const lane = lanes.loops[row.lane];
  const { loop, timeline } = lanes;
  const window = windowOf(context, lane);
  const { entries } = lane;
  const count = entries?.length ?? loop.count;
  const entry = (at: number) => entries?.[at] ?? at;
  const starts = projection.sweep(window.starts);
  const ends = projection.sweep(window.ends);
  let at = Math.max(0, projection.first(window.starts, window.left, 0, count) - 1);
  while (at > 0 && loop.nested[entry(at)]) at--;
  const first = boxes.count;
  const writer = new RowWriter(boxes, width);
  let inPixel = 0;
  let lastStep = -1;
  for (; at < count; at++) {
    const x = starts.at(at);
    const i = entry(at);
    if (x > window.right || isBeyond(projection.axis, loop.startStep[i])) break;
    const kind = loop.kind[i];
    const step = kind === LoopKind.step;
    const box = step ? BoxKind.running : kind === LoopKind.idle ? BoxKind.idle : BoxKind.callback;
    const color = step ? taskColor(timeline.segments.task[loop.ref[i]]) : 0;
    const merged = writer.add(x, ends.at(at), box, color, i);
    inPixel = merged ? inPixel + 1 : 0;
    if (step) lastStep = i;
    else if (!merged) lastStep = -1;
    if (inPixel < (lastStep >= 0 ? DECIDED : WALK)) continue;
    const beyond = starts.beyond(writer.mergedUpTo, at + 1, count);
    // Do not show one task's turn as another's. With several loops, turns of other loops in between only mark more pixels as mixed.
    if (beyond - 1 > at + 1 && (lastStep < 0 || loop.run[entry(beyond - 1)] !== loop.run[lastStep])) writer.mix();
    at = passOver(writer, at, beyond);
    inPixel = 0;
  }
  writer.flush();
  if (lane.busy && projection.axis.kind !== 'steps') shade({ ...lane, busy: lane.busy }, first, context);
}

/** What asyncio does to clean up comes behind the end of the axis, where the tasks of it have no lane. */
function isBeyond({ kind, length }: Axis, step: number): boolean {
  return kind === 'steps' && length > 0 && step >= length;
}

/** How many levels a pixel with many turns can show. */
export const BUSY_LEVELS = 16;

/** Tells of each pixel with turns of several tasks for how much of its time the loop ran any. */
function shade(lane: BusyLane, first: number, { boxes, projection }: RowContext): void {
  for (let i = first; i < boxes.count; i++) {
    if (boxes.kind[i] !== BoxKind.mixed) continue;
    const right = boxes.x[i] + MERGE_BELOW;
    const share = busyShare(lane, projection.valueAt(boxes.x[i]), projection.valueAt(right));
    boxes.span[i] = Math.max(1, Math.round(share * BUSY_LEVELS));
  }
}
