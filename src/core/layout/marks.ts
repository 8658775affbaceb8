import type { Projection } from '../axis/projection';
import { isToldOfCancellation } from '../causes/cancellations';
import { taskColor } from '../colors';
import { drawnEnd } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import type { Row, SideRow } from '../rows/row';
import { holdOfSegment } from '../timeline/holds';
import { Use } from '../timeline/resources';
import type { CssPixels, Seconds } from '../units';

/** How far outside of the stage marks are searched for, since part of them may be visible. */
export const MARK_REACH: CssPixels = 8;

/** Moments in the life of a task; each has a shape of its own. */
export type MarkKind =
  | 'created'
  | 'result'
  | 'exception'
  | 'cancelled'
  | 'pending'
  | 'cancel'
  | 'problem'
  | 'forgotten'
  | 'kept'
  | 'expired'
  | 'notified'
  | 'held';

export interface Mark {
  readonly kind: MarkKind;
  readonly x: CssPixels;
  /** Middle of the row. */
  readonly y: CssPixels;
  readonly color: number;
  /** How far it goes on to the right; of what took time. */
  readonly length?: CssPixels;
  /** What it describes on hover: index into `limitsOf()`, into `Timeline.errors`, or row of `Segments`. */
  readonly about?:
    | { readonly kind: 'limit'; readonly index: number }
    | { readonly kind: 'error'; readonly index: number }
    | { readonly kind: 'segment'; readonly segment: number };
}

export function marksOf(
  lanes: Lanes,
  row: Extract<Row, { kind: 'task' }>,
  y: CssPixels,
  projection: Projection,
  width: CssPixels,
  into: Mark[],
): void {
  const { tasks, segments } = lanes.timeline;
  const task = tasks[row.task];
  const color = taskColor(row.task);
  const middle = y + row.height / 2;
  const add = (kind: MarkKind, time: Seconds, step: number, about?: Mark['about']) => {
    const x = projection.at(time, step);
    if (x >= -8 && x <= width + 8) into.push({ kind, x, y: middle, color, about });
  };
  if (task.count > 0) {
    const last = task.first + task.count - 1;
    add('created', segments.start[task.first], segments.startStep[task.first]);
    // Checked here, not when lanes are derived: in a live run the end of the other task may become known after this one woke.
    for (const segment of lanes.cancels.get(row.task) ?? [])
      if (!isToldOfCancellation(lanes.timeline, segment))
        add('cancel', segments.start[segment], segments.startStep[segment], { kind: 'segment', segment });
    const end = drawnEnd(lanes, last);
    add(task.outcome.kind, end.time, end.step);
  }
  for (const segment of lanes.holds.get(row.task) ?? [])
    into.push(...heldMarks(lanes, segment, middle, projection, width));
  for (const index of lanes.problems.get(task.id) ?? []) {
    const { time, step, kind } = lanes.timeline.errors[index];
    add(kind === 'never-awaited' ? 'forgotten' : 'problem', time, step, { kind: 'error', index });
  }
}

const MOST_STRETCHES = 50;

/** Marks above the bar of a step: when it was in the call that blocked the loop. */
function heldMarks(
  { timeline }: Lanes,
  segment: number,
  y: CssPixels,
  projection: Projection,
  width: CssPixels,
): Mark[] {
  const hold = holdOfSegment(timeline, segment);
  const { start, end, startStep, endStep } = timeline.segments;
  const [from, to] = [start[segment], end[segment]];
  const at = (time: Seconds) => {
    const share = to > from ? Math.min(1, Math.max(0, (time - from) / (to - from))) : 0;
    return projection.at(time, startStep[segment] + share * (endStep[segment] - startStep[segment]));
  };
  const marks: Mark[] = [];
  for (const stretch of hold?.stretches.slice(0, MOST_STRETCHES) ?? []) {
    const [left, right] = [Math.max(-MARK_REACH, at(stretch.start)), Math.min(width + MARK_REACH, at(stretch.end))];
    if (right < left || right < -MARK_REACH || left > width + MARK_REACH) continue;
    const last = marks.at(-1);
    if (last && left - last.x - (last.length ?? 0) < MARK_REACH)
      marks[marks.length - 1] = { ...last, length: right - last.x };
    else marks.push({ kind: 'held', x: left, y, color: 0, length: right - left, about: { kind: 'segment', segment } });
  }
  return marks;
}

/** Whether rows of `uses` of this lane are marked: those of conditions and barriers that happen at one moment. */
export function hasMarks({ sides, timeline: { resources } }: Lanes, lane: number): boolean {
  const kind = resources[sides[lane].resource]?.kind;
  return kind === 'condition' || kind === 'barrier';
}

export function isMarked(what: number): boolean {
  return what === Use.notified || what === Use.turned;
}

/** Marks of uses of a condition or a barrier. @returns whether some may have been left out */
export function sideMarks(
  lanes: Lanes,
  { lane, height }: SideRow,
  y: CssPixels,
  projection: Projection,
  width: CssPixels,
  into: Mark[],
): boolean {
  const { resources, uses } = lanes.timeline;
  if (!hasMarks(lanes, lane)) return false;
  const { first, count } = resources[lanes.sides[lane].resource];
  const end = first + count;
  const places = { time: uses.time, step: uses.step };
  let passed = false;
  for (let row = projection.first(places, -MARK_REACH, first, end); row < end; row++) {
    if (!isMarked(uses.what[row])) continue;
    const x = projection.at(uses.time[row], uses.step[row] + 0.5);
    if (x > width + MARK_REACH) break;
    into.push({ kind: 'notified', x, y: y + height / 2, color: 0 });
    // One mark in every few pixels is enough.
    const next = projection.first(places, x + 4, row + 1, end);
    passed ||= next > row + 1;
    row = Math.max(row, next - 1);
  }
  return passed;
}
