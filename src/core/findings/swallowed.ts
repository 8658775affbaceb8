import { type Cancellation, cancellationAt, isToldOfCancellation } from '../causes/cancellations';
import { chainOf, userSite } from '../places/chain';
import { type Deadline, State, type Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Catch } from '../timeline/shapes';
import type { Site } from '../trace/records';
import { causeKinds } from '../trace/records';
import type { Seconds } from '../units';
import { catcherAt, returnsTo, type SpansByTask, spansByTask } from './catchers';
import type { Common } from './problem';

/** The program caught a cancellation and continued, so a time limit had no effect or `cancel()` did not end a task. */

export interface Swallowed extends Common {
  readonly kind: 'limit-ignored' | 'cancel-ignored';
  readonly from: Cancellation;
  /** For a time limit: when the work ended that the limit should have ended; undefined if the run was stopped before. */
  readonly ended: Seconds | undefined;
  /** Before Python 3.12, `wait_for()` itself may lose a cancellation that comes at the same time as the result. */
  readonly byWaitFor: boolean;
}

/** Work that continues for fewer seconds than this after its limit has only cleaned up. */
const LEAST: Seconds = 0.02;
const CANCEL = causeKinds.indexOf('cancel');

const all = new WeakMap<Timeline, readonly Swallowed[]>();

/** Finds them, one finding for each place. Linear in the segments; remembered for each timeline. */
export function swallowed(timeline: Timeline): readonly Swallowed[] {
  const known = all.get(timeline) ?? find(timeline);
  all.set(timeline, known);
  return known;
}

function find(timeline: Timeline): Swallowed[] {
  const rows = cancelRows(timeline);
  if (rows.length === 0) return [];
  const spans = spansByTask(timeline, rows);
  const limits = ignoredLimits(timeline, rows, spans);
  const told = new Set(limits.map(({ segment }) => segment));
  const others = rows.filter((row) => !told.has(row - 1));
  return byPlace(timeline, [...limits, ...ignoredCancels(timeline, others, spans)]);
}

/** Rows of ready segments after which a task gets CancelledError, and does not end in the step that follows. */
function cancelRows(timeline: Timeline): number[] {
  const { segments, tasks } = timeline;
  const rows: number[] = [];
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.ready || segments.cause[row] !== CANCEL) continue;
    const { first, count } = tasks[segments.task[row]];
    const waitsAgain = row > first && row + 2 < first + count && segments.state[row + 2] === State.suspended;
    if (waitsAgain && !isToldOfCancellation(timeline, row)) rows.push(row);
  }
  return rows;
}

function ignoredLimits(timeline: Timeline, rows: readonly number[], spans: SpansByTask): Swallowed[] {
  const { segments, tasks, truncated, duration } = timeline;
  const met = new Map<number, Deadline[]>();
  for (const each of timeline.deadlines) {
    if (!each.expired) continue;
    const list = met.get(each.task);
    if (list) list.push(each);
    else met.set(each.task, [each]);
  }
  const found: Swallowed[] = [];
  for (const row of rows) {
    const from = cancellationAt(timeline, row);
    if (from.kind !== 'timeout') continue;
    const { id, outcome, ended } = tasks[segments.task[row]];
    const deadline = met.get(from.task)?.find((each) => isMetAt(each, segments.startStep[row]));
    const add = (over: Seconds, until: Seconds | undefined) => {
      const cost = over - segments.start[row];
      found.push({ ...ofRow(timeline, row, spans), kind: 'limit-ignored', from, ended: until, cost });
    };
    // The run was stopped while the work went on as before.
    if (truncated && (deadline ? !deadline.left : outcome.kind === 'pending')) {
      if (returnsTo(timeline, row, spans) !== undefined && !isTakenBack(timeline, row - 1)) add(duration, undefined);
      continue;
    }
    // Up to 3.11, `wait_for()` runs the coroutine in a task of its own and returns its result.
    const over = deadline
      ? deadline.left?.with === 'nothing'
        ? deadline.left.at
        : undefined
      : from.task !== id && outcome.kind === 'result'
        ? ended
        : undefined;
    if (over === undefined || over - segments.start[row] < LEAST) continue;
    // On a busy machine a single step may take this long, so the task must have waited again before it left the block.
    if (segments.end[row + 2] > over) continue;
    add(over, over);
  }
  return found;
}

function isMetAt({ overStep }: Deadline, step: number): boolean {
  return overStep !== undefined && step > overStep - 1 && step <= overStep + 1;
}

/** Who cancels a task on purpose: the program itself, or the end of `asyncio.run()`. TaskGroups catch what they requested themselves. */
function isMeant(timeline: Timeline, { kind, site, callback }: Cancellation): boolean {
  if (kind === 'task') return timeline.sites[site]?.code.user === true;
  if (kind === 'timer' || kind === 'callback' || kind === 'signal') return /(^|\.)cancel$/.test(callback);
  return kind === 'outside' || kind === 'ended' || kind === 'interrupt';
}

function ignoredCancels(timeline: Timeline, rows: readonly number[], spans: SpansByTask): Swallowed[] {
  const { segments } = timeline;
  return rows.flatMap((row) => {
    const from = cancellationAt(timeline, row);
    if (!isMeant(timeline, from)) return [];
    const again = returnsTo(timeline, row, spans);
    if (again === undefined || isTakenBack(timeline, row - 1)) return [];
    const end = segments.end[again];
    return [{ ...ofRow(timeline, row, spans), kind: 'cancel-ignored' as const, from, ended: undefined, end }];
  });
}

/** Whether the code around the wait calls `uncancel()`. False if its source is unknown. */
function isTakenBack({ shapes, sites, segments }: Timeline, waited: number): boolean {
  if (!shapes) return false;
  return chainOf({ sites }, segments.site[waited]).some(({ code, line }) =>
    shapes.get(code.file)?.uncancels.some(([first, last]) => line >= first && line <= last),
  );
}

function ofRow(timeline: Timeline, row: number, spans: SpansByTask) {
  const { segments, tasks, waits } = timeline;
  const waited = row - 1;
  const wait = waits[segments.about[waited]];
  return {
    severity: 'warning' as const,
    task: tasks[segments.task[row]].id,
    segment: waited,
    site: catcherAt(timeline, row, spans),
    start: segments.start[row],
    startStep: segments.startStep[row],
    end: undefined as Seconds | undefined,
    cost: 0,
    times: 1,
    byWaitFor: wait?.kind === 'wait_for' && timeline.sites[segments.site[waited]]?.code.function === 'wait_for',
  };
}

function byPlace(timeline: Timeline, found: readonly Swallowed[]): Swallowed[] {
  const groups = new Map<string, Swallowed>();
  for (const each of found) {
    const site = userSite(timeline, each.site);
    const key = `${each.kind} ${site?.code.file}:${site?.line}`;
    const known = groups.get(key);
    groups.set(key, known ? { ...known, times: known.times + 1, cost: known.cost + each.cost } : each);
  }
  return [...groups.values()];
}

/** The `await` in the function that caught the cancellation. */
export function catcherOf(timeline: Timeline, { site }: Swallowed): Site | undefined {
  return userSite(timeline, site);
}

/** What catches there, as the source says; undefined if that is not known. */
export function catchOf(timeline: Timeline, problem: Swallowed): Catch | undefined {
  const site = catcherOf(timeline, problem);
  const all = site && timeline.shapes?.get(site.code.file)?.catches;
  // The innermost is the last that begins before the line.
  return all?.findLast(({ first, last }) => first <= site!.line && site!.line <= last);
}

/** The place in the program that set the time limit; undefined if that is not in the program. */
export function limitSite(timeline: Timeline, { from, start }: Swallowed): Site | undefined {
  const { segments } = timeline;
  const owner = taskOf(timeline, from.task);
  if (!owner) return undefined;
  let row = owner.first + owner.count - 1;
  while (row > owner.first && (segments.state[row] !== State.suspended || segments.start[row] >= start)) row--;
  const chain = [];
  for (let at = timeline.sites[segments.site[row]]; at; at = timeline.sites[at.parent]) chain.push(at);
  // The program's frame that calls `wait_for()`.
  const limit = chain.findIndex(({ code }) => !code.user && code.function === 'wait_for');
  return limit < 0 ? undefined : chain.slice(limit + 1).find(({ code }) => code.user);
}
