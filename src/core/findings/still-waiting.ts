import { Flag, State, type Task, type Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Common } from './problem';

/** A run that was stopped at a limit while some task waited for others, of which one goes on and on: a heartbeat, a poller. */

export interface StillWaiting extends Common {
  readonly kind: 'still-waiting';
  /** Those that it waits for and that had not ended, the busiest first. */
  readonly for: readonly Task[];
  /** How many of those that it waited for had ended. */
  readonly ended: number;
}

const LIMITS = new Set(['virtual-time', 'wall-time', 'steps']);
/** Waits that end with other tasks. */
const FOR_TASKS = new Set(['taskgroup', 'gather', 'task', 'wait', 'shield']);
/** A task that has waited as often as this goes round in a loop. */
const ROUNDS = 3;

export function stillWaiting(timeline: Timeline): StillWaiting[] {
  const { truncated, tasks, segments, waits, duration } = timeline;
  if (!truncated || !LIMITS.has(truncated.reason)) return [];
  return tasks.flatMap((task) => {
    const last = task.first + task.count - 1;
    if (task.count === 0 || segments.state[last] !== State.suspended || !(segments.flags[last] & Flag.open)) return [];
    const wait = waits[segments.about[last]];
    // For less than half of the run it may only be slow.
    if (!wait || !FOR_TASKS.has(wait.kind) || 2 * (duration - segments.start[last]) < duration) return [];
    const ids = wait.fields.members ?? (wait.fields.task ? [wait.fields.task] : []);
    const members = ids.map((id) => taskOf(timeline, id)).filter((each) => each !== undefined);
    const going = members.filter((each) => each.outcome.kind === 'pending' && roundsOf(timeline, each) >= ROUNDS);
    const ended = members.filter((each) => each.outcome.kind === 'result').length;
    // Where all go on for ever it is a service; where some are done, the rest is what was overlooked.
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

/** It waits for others itself: they are what is to be looked at. */
function isWaiting({ segments, waits }: Timeline, { first, count, outcome }: Task): boolean {
  const last = first + count - 1;
  if (outcome.kind !== 'pending' || count === 0 || segments.state[last] !== State.suspended) return false;
  return FOR_TASKS.has(waits[segments.about[last]]?.kind ?? '');
}

/** How often a task has waited in the line where it waited last. */
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

/** Where a task waits at the end. */
export function lastSite({ segments }: Timeline, { first, count }: Task): number {
  for (let row = first + count - 1; row >= first; row--)
    if (segments.state[row] === State.suspended) return segments.site[row];
  return 0;
}
