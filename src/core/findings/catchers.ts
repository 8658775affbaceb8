import { chainOf } from '../places/chain';
import { type CoroutineSpan, State, type Timeline } from '../timeline/model';
import { causeKinds, type Site } from '../trace/records';

/** Which coroutine of a cancelled task caught the cancellation, and whether the task went on as before. */

const CANCEL = causeKinds.indexOf('cancel');
/** Waits before the cancellation that are looked at. A loop comes to each of its lines within fewer. */
const MOST_BEFORE = 1000;

export type SpansByTask = ReadonlyMap<number, readonly CoroutineSpan[]>;

/** The runs of coroutines by task, for the tasks of these rows, in the order of the record. */
export function spansByTask({ coroutines, segments, tasks }: Timeline, rows: readonly number[]): SpansByTask {
  const found = new Map<number, CoroutineSpan[]>(rows.map((row) => [tasks[segments.task[row]].id, []]));
  for (const span of coroutines) found.get(span.task)?.push(span);
  return found;
}

interface Frame {
  readonly id: number;
  readonly site: Site;
  readonly run: CoroutineSpan | undefined;
}

/** The program's frames of the wait that was cancelled, innermost first. @param row the ready segment that the cancellation began */
function framesAt(timeline: Timeline, row: number, spans: SpansByTask): Frame[] {
  const { segments, sites, tasks } = timeline;
  const own = spans.get(tasks[segments.task[row]].id) ?? [];
  const step = segments.startStep[row];
  const frames: Frame[] = [];
  for (let id = segments.site[row - 1]; sites[id]; id = sites[id]!.parent) {
    const site = sites[id]!;
    if (!site.code.user) continue;
    const run = own.findLast((span) => span.code === site.code && span.startStep < step && span.endStep > step);
    frames.push({ id, site, run });
  }
  return frames;
}

/** Site id of the `await` in the coroutine that caught the cancellation: the innermost that did not end cancelled. */
export function catcherAt(timeline: Timeline, row: number, spans: SpansByTask): number {
  const frames = framesAt(timeline, row, spans);
  const over = timeline.segments.startStep[row] + 1;
  const catcher = frames.find(({ run }) => run && (run.endStep > over || run.outcome === 'returned'));
  return catcher?.id ?? frames[0]?.id ?? timeline.segments.site[row - 1];
}

/**
 * Row in which a coroutine of the cancelled task waits again at a line where it had waited before, or further up; undefined if none does. Code that only
 * cleans up waits at other lines, or raises the cancellation again.
 */
export function returnsTo(timeline: Timeline, row: number, spans: SpansByTask): number | undefined {
  const over = timeline.segments.startStep[row] + 1;
  // Those further in have ended.
  const going = framesAt(timeline, row, spans).find(({ run }) => run && run.endStep > over);
  if (!going?.run || (going.run.outcome === 'cancelled' && !isCancelledAgain(timeline, row))) return undefined;
  return waitsAgain(timeline, row, going.site, going.run);
}

function waitsAgain(
  timeline: Timeline,
  row: number,
  { code, line: cancelled }: Site,
  run: CoroutineSpan,
): number | undefined {
  const { segments, tasks } = timeline;
  const { first, count } = tasks[segments.task[row]];
  const lineOf = (at: number) => chainOf(timeline, segments.site[at]).findLast((site) => site.code === code)?.line;
  const before = new Set<number>();
  for (let at = row - 1; at >= Math.max(first, row - MOST_BEFORE) && segments.endStep[at] > run.startStep; at--) {
    const line = segments.state[at] === State.suspended ? lineOf(at) : undefined;
    if (line !== undefined) before.add(line);
  }
  for (let at = row + 2; at < first + count && segments.startStep[at] < run.endStep; at++) {
    if (segments.state[at] !== State.suspended) continue;
    const line = lineOf(at);
    // A line further up is reached again by a loop only.
    if (line !== undefined && (line <= cancelled || before.has(line))) return at;
  }
  return undefined;
}

function isCancelledAgain({ segments, tasks }: Timeline, row: number): boolean {
  const { first, count } = tasks[segments.task[row]];
  for (let next = row + 1; next < first + count; next++) if (segments.cause[next] === CANCEL) return true;
  return false;
}
