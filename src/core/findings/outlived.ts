import { cancellationAt } from '../causes/cancellations';
import { type TimeLimit, timeLimitAt } from '../causes/time-limits';
import { userSite } from '../places/chain';
import { wakingCallback } from '../timeline/jobs';
import { type Job, State, type Timeline } from '../timeline/model';
import { causeKinds } from '../trace/records';
import type { Seconds } from '../units';
import type { Common } from './problem';

/** Work in a thread or a process continued after the time limit of the task that waited for it: cancelling the wait does not stop it. */

export interface Outlived extends Common {
  readonly kind: 'outlived-limit';
  readonly job: Job;
  readonly limit: TimeLimit;
}

/** Work that ends within this many seconds after the limit does no harm. */
const LEAST: Seconds = 0.02;
const CANCEL = causeKinds.indexOf('cancel');
/** Nobody expects a subprocess to end when the wait for it does. */
const KINDS: ReadonlySet<Job['kind']> = new Set(['thread', 'process', 'interpreter', 'executor']);

/** Finds them. `cost`: seconds from the limit to the end of the work. */
export function outlived(timeline: Timeline): Outlived[] {
  const { segments, tasks, waits, jobs, duration } = timeline;
  const running = new Map<number, Job>();
  for (const job of jobs) if (KINDS.has(job.kind)) running.set(job.id, job);
  if (running.size === 0) return [];
  const found: Outlived[] = [];
  for (let row = 1; row < segments.count; row++) {
    const waited = row - 1;
    if (segments.state[row] !== State.ready) continue;
    if (segments.state[waited] !== State.suspended || segments.task[waited] !== segments.task[row]) continue;
    const job = running.get(Number(waits[segments.about[waited]]?.fields.job));
    const end = job?.ended ?? duration;
    // A job that has not begun is cancelled with the wait. When jobs of a process pool begin is not known.
    if (!job || job.outcome.kind === 'cancelled' || end - segments.start[row] < LEAST) continue;
    if (job.started !== undefined ? job.started > segments.start[row] : job.ended === undefined) continue;
    const limit = limitAt(timeline, row);
    if (!limit) continue;
    found.push({
      kind: 'outlived-limit',
      severity: 'warning',
      task: limit.task || tasks[segments.task[row]].id,
      segment: waited,
      // `to_thread()` as a task of its own waits in asyncio's code: the program created it.
      site: userSite(timeline, segments.site[waited])?.code.user
        ? segments.site[waited]
        : tasks[segments.task[row]].site,
      start: segments.start[row],
      startStep: segments.startStep[row],
      end,
      cost: end - segments.start[row],
      times: 1,
      job,
      limit,
    });
  }
  return found;
}

/** The time limit that ended a wait. Up to 3.11, `wait_for()` ends its own wait before it cancels what it waited for. */
function limitAt(timeline: Timeline, row: number): TimeLimit | undefined {
  const { segments, waits } = timeline;
  if (segments.cause[row] === CANCEL) {
    const from = cancellationAt(timeline, row);
    return from.kind === 'timeout' ? from : undefined;
  }
  if (waits[segments.about[row - 1]]?.kind !== 'wait_for') return undefined;
  const callback = wakingCallback(timeline, row);
  return callback && timeLimitAt(timeline, row, callback);
}
