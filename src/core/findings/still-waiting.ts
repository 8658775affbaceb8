import { Flag, State, type Task, type Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Common } from './problem';

/** The run was stopped at a limit while a task waited for others, one of which never ends: a heartbeat, a poller. */

export interface StillWaiting extends Common {
  readonly kind: 'still-waiting';
  /** Ids of the awaited tasks that had not ended, the busiest first. */
  readonly for: readonly Task[];
  /** How many of the awaited tasks had ended. */
  readonly ended: number;
}

const LIMITS = new Set(['virtual-time', 'wall-time', 'steps']);
/** Kinds of waits for other tasks. */
const FOR_TASKS = new Set(['taskgroup', 'gather', 'task', 'wait', 'shield']);
/** A task that has waited at one line this often runs in a loop. */
const ROUNDS = 3;

/** Finds them; empty for a run that was not stopped. */
export function stillWaiting(timeline: Timeline): StillWaiting[] {
  const { truncated, tasks, segments, waits, duration } = timeline;
  if (!truncated || !LIMITS.has(truncated.reason)) return [];
  return tasks.flatMap((task) => {
    const last = task.first + task.count - 1;
    if (task.count === 0 || segments.state[last] !== State.suspended || !(segments.flags[last] & Flag.open)) return [];
    const wait = waits[segments.about[last]];
    // A wait of less than half the run may only be slow.
    if (!wait || !FOR_TASKS.has(wait.kind) || 2 * (duration - segments.start[last]) < duration) return [];
    const ids = wait.fields.members ?? (wait.fields.task ? [wait.fields.task] : []);
    const members = ids.map((id) => taskOf(timeline, id)).filter((each) => each !== undefined);
    const going = members.filter((each) => each.outcome.kind === 'pending' && roundsOf(timeline, each) >= ROUNDS);
    const ended = members.filter((each) => each.outcome.kind === 'result').length;
    // If none of the awaited tasks has ended, it is a service. If some have, the author may have overlooked the others.
    if (going.length === 0 || ended === 0 || members.some((each) => isWaiting(timeline, each))) return [];
    return [
      {
        kind: 'still-waiting' as const,
        severity: truncated.reason === 'virtual-time' ? ('warning' as const) : ('info' as const),
        task: task.id,
        segment: last,
        site: segments.site[last],
        start: segments.start[last],
        startStep: segments.startStep[last],
        end: undefined,
        cost: 0,
        times: 1,
        for: going.sort((a, b) => roundsOf(timeline, b) - roundsOf(timeline, a)),
        ended,
      },
    ];
  });
}

/** Whether a task itself waits for other tasks. Then those are of interest, not this one. */
function isWaiting({ segments, waits }: Timeline, { first, count, outcome }: Task): boolean {
  const last = first + count - 1;
  if (outcome.kind !== 'pending' || count === 0 || segments.state[last] !== State.suspended) return false;
  return FOR_TASKS.has(waits[segments.about[last]]?.kind ?? '');
}

/** How often a task has waited at the line where it waited last. */
export function roundsOf({ segments }: Timeline, { first, count }: Task): number {
  let site = 0;
  let rounds = 0;
  for (let row = first + count - 1; row >= first; row--) {
    if (segments.state[row] !== State.suspended) continue;
    site ||= segments.site[row];
    if (segments.site[row] === site) rounds++;
  }
  return rounds;
}

/** Site id of a task's last wait, 0 if it never waited. */
export function lastSite({ segments }: Timeline, { first, count }: Task): number {
  for (let row = first + count - 1; row >= first; row--)
    if (segments.state[row] === State.suspended) return segments.site[row];
  return 0;
}
