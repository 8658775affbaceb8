import { userSite } from '../places/chain';
import { firstWhere } from '../sorted';
import { type Resource, State, type Task, type Timeline } from '../timeline/model';
import { type Hold, holdsOf, taskOf } from '../timeline/resource-state';
import type { Seconds } from '../units';
import type { Common } from './problem';

/** Many tasks hold the same lock while they wait for something else, so they run one after another while the event loop is idle. */

export interface Convoy extends Common {
  readonly kind: 'convoy';
  readonly resource: Resource;
  /** How many tasks had to wait for the lock, and how many of them at most at the same time. */
  readonly waiters: number;
  readonly queue: number;
  /** Longest wait of one task for the lock, in seconds. */
  readonly longest: Seconds;
  /** What the tasks waited for while they held the lock: the row of `Segments` of the longest such wait, and the seconds of all. */
  readonly inner: number;
  readonly held: Seconds;
}

/** At least this many tasks held the lock while others queued, and waited at least this many seconds while they held it. */
const LEAST_HOLDS = 3;
const LEAST_IN_HOLD: Seconds = 0.01;
/** All tasks together waited at least this many seconds for the lock. */
const LEAST_COST: Seconds = 0.2;

/** Finds such locks and semaphores. Linear in the segments and uses. */
export function convoys(timeline: Timeline): Convoy[] {
  const locks = timeline.resources.filter(({ kind, value, count }) => {
    return count >= 2 * LEAST_HOLDS && (kind === 'lock' || (kind === 'semaphore' && value === 1));
  });
  if (locks.length === 0) return [];
  const waits = waitsFor(timeline, new Set(locks.map(({ id }) => id)));
  return locks.flatMap((resource) => convoy(timeline, resource, waits.get(resource.id) ?? []));
}

/** Maps each resource to the rows of `Segments` that wait for it, ordered by their starts. */
function waitsFor({ segments, waits }: Timeline, ids: ReadonlySet<number>): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const id = waits[segments.about[row]]?.fields.resource;
    if (typeof id !== 'number' || !ids.has(id)) continue;
    const rows = found.get(id);
    if (rows) rows.push(row);
    else found.set(id, [row]);
  }
  for (const rows of found.values()) rows.sort((a, b) => segments.start[a] - segments.start[b]);
  return found;
}

interface Held {
  readonly hold: Hold;
  readonly task: Task;
  readonly waited: Seconds;
  /** Row of `Segments`: the task's longest wait while it held the lock. */
  readonly row: number;
}

function convoy(timeline: Timeline, resource: Resource, rows: readonly number[]): Convoy[] {
  const { segments, tasks, duration } = timeline;
  const queue = mostAtOnce(timeline, rows);
  if (queue < 2) return [];
  const held = holdsOf(timeline, resource).flatMap((hold) => {
    const found = waitedIn(timeline, hold, duration);
    return found && isQueued(timeline, rows, hold) ? [found] : [];
  });
  const holders = new Set(held.map(({ task }) => task.id));
  const cost = rows.reduce((sum, row) => sum + segments.end[row] - segments.start[row], 0);
  if (holders.size < LEAST_HOLDS || cost < LEAST_COST || held.every((each) => isPacing(timeline, each))) return [];
  const worst = held.reduce((a, b) => (b.waited > a.waited ? b : a));
  return [
    {
      kind: 'convoy',
      severity: 'info',
      task: worst.task.id,
      segment: worst.row,
      // The record of a permit that is handed on has no place. The task that gets it stood where it queued.
      site: segments.site[rows[0]],
      start: worst.hold.start,
      startStep: worst.hold.startStep,
      end: worst.hold.end,
      cost,
      times: held.length,
      resource,
      waiters: new Set(rows.map((row) => tasks[segments.task[row]].id)).size,
      queue,
      longest: rows.reduce((most, row) => Math.max(most, segments.end[row] - segments.start[row]), 0),
      inner: worst.row,
      held: held.reduce((sum, { waited }) => sum + waited, 0),
    },
  ];
}

/** What the holder waited for while it held the lock; undefined unless it waited most of the time. */
function waitedIn(timeline: Timeline, hold: Hold, duration: Seconds): Held | undefined {
  const { segments } = timeline;
  const task = taskOf(timeline, hold.task);
  const end = hold.end ?? duration;
  if (!task || end - hold.start < LEAST_IN_HOLD) return undefined;
  let [waited, longest, row] = [0, 0, -1];
  for (let at = firstRow(timeline, task, hold.start); at < task.first + task.count; at++) {
    if (segments.start[at] >= end) break;
    if (segments.state[at] !== State.suspended) continue;
    const share = Math.min(end, segments.end[at]) - Math.max(hold.start, segments.start[at]);
    if (share <= 0) continue;
    waited += share;
    if (share > longest) [longest, row] = [share, at];
  }
  return row >= 0 && waited >= LEAST_IN_HOLD && 2 * waited >= end - hold.start
    ? { hold, task, waited, row }
    : undefined;
}

/** Row of the first segment of a task that ends after `time`. */
function firstRow({ segments }: Timeline, { first, count }: Task, time: Seconds): number {
  return firstWhere(first, first + count, (row) => segments.end[row] > time);
}

/** Whether other tasks waited for the lock during this hold. */
function isQueued({ segments, duration }: Timeline, rows: readonly number[], { start, end = duration }: Hold): boolean {
  // Rows are ordered by their starts: only the last one that began before the end of the hold can overlap it.
  const later = firstWhere(0, rows.length, (i) => segments.start[rows[i]] >= end);
  return later > 0 && segments.end[rows[later - 1]] > start;
}

function mostAtOnce({ segments }: Timeline, rows: readonly number[]): number {
  const ends = rows.map((row) => segments.end[row]).sort((a, b) => a - b);
  let [most, over] = [0, 0];
  rows.forEach((row, i) => {
    while (over < ends.length && ends[over] <= segments.start[row]) over++;
    most = Math.max(most, i + 1 - over);
  });
  return most;
}

/**
 * Whether this is a rate limiter, which has to queue tasks: the task only sleeps while it holds the lock, in the function that acquires
 * it, and works after it has released the lock.
 */
function isPacing(timeline: Timeline, { hold, task, row }: Held): boolean {
  const { segments, waits, duration } = timeline;
  if (waits[segments.about[row]]?.kind !== 'sleep') return false;
  const [taken, slept] = [userSite(timeline, hold.site), userSite(timeline, segments.site[row])];
  if (taken && slept && taken.code !== slept.code) return false;
  const lock = (at: number) => waits[segments.about[at]]?.fields.resource !== undefined;
  for (let at = firstRow(timeline, task, hold.end ?? duration); at < task.first + task.count; at++)
    if (segments.state[at] === State.suspended) return !lock(at);
  return false;
}
