import { userSite } from '../places/chain';
import { Flag, type Job, State, type Task, type Timeline } from '../timeline/model';
import type { Common } from './problem';

/** The run was stopped at a limit while a task waited for a process that writes into a full pipe, or for a thread that was never free. */

export interface WaitingOutside extends Common {
  readonly kind: 'waiting-outside';
  /** `pipe`: nobody reads what the process writes; `workers`: the job waits for a free thread. */
  readonly because: 'pipe' | 'workers';
  readonly job: Job;
  /** For `workers`: the jobs that run in the threads. */
  readonly busy: readonly Job[];
}

const LIMITS = new Set(['virtual-time', 'wall-time', 'steps', 'cancelled', 'interrupted']);
const READS = /_read_ready$/;

/** Finds them; empty for a run that was not stopped. */
export function waitingOutside(timeline: Timeline): WaitingOutside[] {
  const { truncated, tasks, segments, waits, jobs, duration, meta } = timeline;
  if (!truncated || !LIMITS.has(truncated.reason) || jobs.length === 0) return [];
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const found = new Map<number, WaitingOutside>();
  for (const task of tasks) {
    const last = openWait(timeline, task);
    const job = last === undefined ? undefined : byId.get(Number(waits[segments.about[last]]?.fields.job));
    if (last === undefined || !job || job.ended !== undefined || found.has(job.id)) continue;
    // A wait of less than half the run may only be slow. On the virtual clock, waits for the outside take no time.
    if (meta.clock === 'real' && 2 * (duration - segments.start[last]) < duration) continue;
    const because = isOutputUnread(timeline, last) ? 'pipe' : isQueued(job) ? 'workers' : undefined;
    if (!because) continue;
    const busy = jobs.filter(
      (each) => each.kind === job.kind && each.started !== undefined && each.ended === undefined && each !== job,
    );
    if (because === 'workers' && busy.length === 0) continue;
    found.set(job.id, {
      kind: 'waiting-outside',
      severity: 'warning',
      task: task.id,
      segment: last,
      // `to_thread()` as a task of its own waits in asyncio's code: the program created it.
      site: userSite(timeline, segments.site[last])?.code.user ? segments.site[last] : task.site,
      start: segments.start[last],
      startStep: segments.startStep[last],
      end: undefined,
      cost: 0,
      times: 1,
      because,
      job,
      busy,
    });
  }
  return [...found.values()];
}

/** Row of the segment in which a task waited when the record ended; undefined if it did not wait. */
function openWait({ segments }: Timeline, { first, count }: Task): number | undefined {
  const last = first + count - 1;
  return count > 0 && segments.state[last] === State.suspended && segments.flags[last] & Flag.open ? last : undefined;
}

/** When jobs of a process pool begin is not known. */
function isQueued({ kind, started }: Job): boolean {
  return kind === 'thread' && started === undefined;
}

/** Whether a task waits for the end of a process whose output arrived, and that no task waited to read meanwhile. */
export function isOutputUnread({ waits, segments, callbacks, tasks }: Timeline, row: number): boolean {
  if (waits[segments.about[row]]?.kind !== 'subprocess') return false;
  const { loop } = tasks[segments.task[row]];
  const [from, to] = [segments.startStep[row], segments.endStep[row]];
  const arrived = callbacks.some(
    (each) => each.loop === loop && each.startStep >= from && each.startStep <= to && READS.test(each.name),
  );
  if (!arrived) return false;
  for (let other = 0; other < segments.count; other++) {
    if (segments.state[other] !== State.suspended || waits[segments.about[other]]?.kind !== 'stream.read') continue;
    if (segments.startStep[other] <= to && segments.endStep[other] >= from) return false;
  }
  return true;
}
