import { Flag, State, type Task, type Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import { causeKinds } from '../trace/records';
import type { Common } from './problem';

/** Failed tasks of a `gather(…, return_exceptions=True)` whose results, and with them the exceptions, the program does not use. */

export interface Unseen extends Common {
  readonly kind: 'unseen-exceptions';
  /** The tasks that failed, ordered by when they ended. */
  readonly failed: readonly Task[];
  /** How many tasks the `gather()` waited for. */
  readonly of: number;
}

const CANCEL = causeKinds.indexOf('cancel');
/** Callbacks that `gather()` and the like add to tasks. */
export const OWN_CALLBACK = /(^|\.)_?(gather|wait|shield|wait_for|TaskGroup)\b|_release_waiter|task_wakeup|\.discard$/;

/** Finds them, one finding for each wait. Linear in the segments. */
export function unseenExceptions(timeline: Timeline): Unseen[] {
  const { segments, tasks, waits } = timeline;
  const found: Unseen[] = [];
  const unseen = new Set(
    waits.flatMap((wait, i) => (wait?.kind === 'gather' && wait.fields.unseen === true ? [i] : [])),
  );
  if (unseen.size === 0) return found;
  const known = lookedAt(timeline);
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended || !unseen.has(segments.about[row])) continue;
    // It has returned nothing yet.
    if (segments.flags[row] & Flag.open) continue;
    const members = waits[segments.about[row]]?.fields.members ?? [];
    const owner = tasks[segments.task[row]];
    const failed = members
      .map((id) => taskOf(timeline, id))
      .filter((task) => task !== undefined)
      .filter(
        (task) =>
          task.outcome.kind === 'exception' && task.ended >= segments.start[row] && task.ended <= segments.end[row],
      )
      .filter((task) => !known.has(task.id) && !isAskedToEnd(timeline, task))
      .sort((a, b) => a.ended - b.ended);
    if (failed.length === 0) continue;
    found.push({
      kind: 'unseen-exceptions',
      severity: 'warning',
      task: owner.id,
      segment: row,
      site: segments.site[row],
      start: failed[0].ended,
      startStep: segments.startStep[row],
      end: segments.end[row],
      cost: 0,
      times: 1,
      failed,
      of: members.length,
    });
  }
  return found;
}

/** Whether the task was cancelled. It may fail while it cleans up. */
function isAskedToEnd({ segments }: Timeline, { first, count }: Task): boolean {
  for (let row = first; row < first + count; row++)
    if (segments.state[row] === State.ready && segments.cause[row] === CANCEL) return true;
  return false;
}

/** Ids of tasks whose results the program may read elsewhere: others wait for them, or the program's own callbacks get them. */
function lookedAt({ waits, segments, callbacks }: Timeline): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { task, name } of callbacks) if (task > 0 && !OWN_CALLBACK.test(name)) ids.add(task);
  const used = new Set<number>();
  for (let row = 0; row < segments.count; row++)
    if (segments.state[row] === State.suspended) used.add(segments.about[row]);
  for (const at of used) {
    const fields = waits[at]?.fields;
    if (!fields || fields.unseen === true) continue;
    if (typeof fields.task === 'number') ids.add(fields.task);
    for (const id of fields.members ?? []) ids.add(id);
  }
  return ids;
}
