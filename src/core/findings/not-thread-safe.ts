import { userSite } from '../places/chain';
import { firstWhere } from '../sorted';
import { State, type Timeline, type WrongThreadCall } from '../timeline/model';
import type { Common } from './problem';

/** Another thread calls methods of a loop that only the loop's own thread may call. */

/** The call and what it made ready are as close to one another (seconds). */
const NEAR = 1e-3;

export interface NotThreadSafe extends Common {
  readonly kind: 'not-thread-safe';
  readonly thread: string;
}

/** Finds such calls, one finding for each place. */
export function notThreadSafe(timeline: Timeline): NotThreadSafe[] {
  const groups = new Map<string, NotThreadSafe>();
  for (const crossing of timeline.wrongThreadCalls) {
    const woken = crossing.site === 0 ? wokenBy(timeline, crossing) : undefined;
    const where = woken === undefined ? crossing.site : placeOf(timeline, woken);
    const site = userSite(timeline, where);
    const key = `${site?.code.file}:${site?.line}`;
    const cost = sleptAfter(timeline, crossing);
    const known = groups.get(key);
    if (known) {
      groups.set(key, { ...known, times: known.times + 1, cost: Math.max(known.cost, cost) });
      continue;
    }
    groups.set(key, {
      kind: 'not-thread-safe',
      severity: 'warning',
      task: 0,
      segment: woken,
      site: where,
      start: crossing.time,
      startStep: crossing.step,
      end: cost > 0 ? crossing.time + cost : undefined,
      cost,
      times: 1,
      thread: crossing.thread,
    });
  }
  return [...groups.values()];
}

/**
 * The wait that such a call ended. It is what is known of the place where the thread's own function is one of asyncio's:
 * `threading.Timer(1, event.set)`.
 */
function wokenBy({ segments }: Timeline, { time }: WrongThreadCall): number | undefined {
  for (let row = 1; row < segments.count; row++)
    if (
      segments.state[row] === State.ready &&
      Math.abs(segments.start[row] - time) < NEAR &&
      segments.task[row - 1] === segments.task[row]
    )
      return row - 1;
  return undefined;
}

/** Where a task waits; up to 3.11 `wait_for()` has a task of its own, in which nothing is the program's: where that was created. */
function placeOf(timeline: Timeline, row: number): number {
  const site = timeline.segments.site[row];
  return userSite(timeline, site)?.code.user ? site : timeline.tasks[timeline.segments.task[row]].site;
}

/** Seconds for which the loop slept on after the call, which does not wake it. 0 on the virtual clock, where the loop polls. */
function sleptAfter({ idle, meta }: Timeline, { loop, time }: WrongThreadCall): number {
  if (meta.clock === 'virtual') return 0;
  // Idle waits are sorted by time, those of all loops together.
  let at = firstWhere(0, idle.length, (i) => idle[i].start > time) - 1;
  while (at >= 0 && idle[at].loop !== loop) at--;
  return at >= 0 && idle[at].end > time ? idle[at].end - time : 0;
}

/** Whether such a call made a task ready at this moment. Then the call is the finding, not the task that was not woken. */
export function isTold({ wrongThreadCalls }: Timeline, start: number): boolean {
  return wrongThreadCalls.some(({ time }) => Math.abs(time - start) < NEAR);
}
