import { taskColor } from '../colors';
import type { Lanes } from '../lanes/lanes';
import { wakeOf } from '../lanes/wakers';
import type { GroupRow, Row, RowOf } from '../rows/row';
import { wakingCallback } from '../timeline/jobs';
import { State } from '../timeline/model';
import type { CssPixels } from '../units';
import type { Arrow, Arrows, ViewOptions } from './scene';
import { firstInView, type RowContext, rowsOfTask, windowOf } from './window';

/** Arrows for wake-ups: from the lane of the waker to the lane of the woken task. */

type View = Pick<ViewOptions, 'rows' | 'projection' | 'width' | 'height' | 'scrollTop'>;

/** A shorter arrow would be nothing but its head. */
const SHORTEST: CssPixels = 8;

/** An arrow to or from a row out of view ends at the edge. */
export function arrowOf(lanes: Lanes, view: View, segment: number): Arrow | undefined {
  const wake = wakeOf(lanes, segment);
  if (!wake) return undefined;
  const x = view.projection.at(wake.time, wake.step);
  if (x < -1 || x > view.width + 1) return undefined;
  const woken = lanes.timeline.segments.task[wake.segment];
  const toY = middleOf(lanes, view, woken);
  const waker = lanes.indexOf.get(wake.by);
  const job = middleOfJob(lanes, view, wake.segment);
  const fromY = job ?? (waker === undefined ? view.rows[0].height / 2 : middleOf(lanes, view, waker));
  if (toY === undefined || fromY === undefined || (job === undefined && waker === woken)) return undefined;
  if (Math.abs(fromY - toY) <= SHORTEST) return undefined;
  return { x, fromY, toY, color: taskColor(waker ?? woken) };
}

/** More arrows than this cannot be followed by eye. */
const MOST_ARROWS = 160;
/** Arrows to one lane that are closer than this cannot be told apart. */
const NEAREST: CssPixels = 7;

/** The wake-ups of the tasks whose rows are in view, evenly over the rows. */
export function arrowsIn(lanes: Lanes, view: View, rows: readonly Row[], context: RowContext): Arrows {
  const tasks = rows.filter((row): row is RowOf<'task'> => row.kind === 'task');
  const share = Math.max(4, Math.floor(MOST_ARROWS / Math.max(1, tasks.length)));
  const drawn: Arrow[] = [];
  let some = false;
  for (const { task } of tasks) {
    const all = arrowsOf(lanes, view, task, { most: share, gap: NEAREST }, context);
    // If there are too many, spread them over the lane instead of drawing only the first.
    const own = all.full ? arrowsOf(lanes, view, task, { most: share, gap: context.width / share }, context) : all;
    drawn.push(...own.found.slice(0, MOST_ARROWS - drawn.length));
    some ||= own.full || own.passed || drawn.length === MOST_ARROWS;
  }
  return { drawn, some };
}

/** Segments from one wake-up of a task to its next. */
const TURN = 3;

/** @returns arrows of one task, none closer to the next than `gap`; `full`: there are more than `most`, `passed`: some were left out between. */
function arrowsOf(
  lanes: Lanes,
  view: View,
  task: number,
  { most, gap }: { readonly most: number; readonly gap: CssPixels },
  context: RowContext,
): { readonly found: readonly Arrow[]; readonly full: boolean; readonly passed: boolean } {
  const found: Arrow[] = [];
  const { segments } = lanes.timeline;
  const { projection } = context;
  const rows = rowsOfTask(lanes, task);
  const window = windowOf(context, segments);
  const { starts, right } = window;
  let passed = false;
  for (let row = firstInView(context, window, rows); row < rows.to; row++) {
    const x = projection.at(starts.time[row], starts.step[row]);
    if (x > right) break;
    if (segments.state[row] !== State.ready) continue;
    const arrow = arrowOf(lanes, view, row);
    if (!arrow) continue;
    if (found.length === most) return { found, full: true, passed };
    found.push(arrow);
    const next = projection.first(starts, x + gap, row + 1, rows.to);
    // More than one wait in between: arrows were skipped.
    if (next - row > TURN) {
      row = next - 1;
      passed = true;
    }
  }
  return { found, full: false, passed };
}

const known = new WeakMap<readonly Row[], ReadonlyMap<number, RowOf<'task'> | GroupRow>>();

/** Task index → the row of the task, or of its group. */
function rowsByTask({ groups }: Lanes, rows: readonly Row[]): ReadonlyMap<number, RowOf<'task'> | GroupRow> {
  const before = known.get(rows);
  if (before) return before;
  const found = new Map<number, RowOf<'task'> | GroupRow>();
  for (const row of rows) {
    if (row.kind === 'group') for (const member of groups[row.group].members) found.set(member, row);
  }
  for (const row of rows) if (row.kind === 'task') found.set(row.task, row);
  known.set(rows, found);
  return found;
}

const jobLanes = new WeakMap<Lanes['sides'], ReadonlyMap<number, number>>();

/** Job id → the lane that shows it. */
function lanesByJob({ sides, timeline: { jobs } }: Lanes): ReadonlyMap<number, number> {
  const before = jobLanes.get(sides);
  if (before) return before;
  const found = new Map<number, number>();
  sides.forEach(({ kind, bars }, lane) => {
    if (kind !== 'jobs' || !bars) return;
    for (const job of bars.ref) found.set(jobs[job].id, lane);
  });
  jobLanes.set(sides, found);
  return found;
}

/** The arrow to a task whose job has ended starts at the job's lane, if that is shown. */
function middleOfJob(lanes: Lanes, view: View, ready: number): CssPixels | undefined {
  const { timeline } = lanes;
  if (timeline.jobs.length === 0) return undefined;
  const id = wakingCallback(timeline, ready)?.job;
  const lane = id ? lanesByJob(lanes).get(id) : undefined;
  const row = lane === undefined ? undefined : view.rows.find((each) => each.kind === 'side' && each.lane === lane);
  return row && onStage(view, row);
}

function middleOf(lanes: Lanes, view: View, task: number): CssPixels | undefined {
  const row = rowsByTask(lanes, view.rows).get(task);
  if (!row) return undefined;
  return onStage(view, row);
}

function onStage({ rows, scrollTop, height }: View, row: Row): CssPixels {
  const y = row.top - scrollTop + row.height / 2;
  return Math.max(rows[0].height, Math.min(y, height));
}
