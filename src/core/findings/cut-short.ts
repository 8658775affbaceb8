import { type Cancellation, cancellationOf, cancelledRow } from '../causes/cancellations';
import { isLibraryTask } from '../timeline/library-tasks';
import { Flag, State, type Task, type Timeline } from '../timeline/model';
import type { Common } from './problem';

/** A task that was still at work when its loop ended. */
export interface Unfinished extends Common {
  readonly kind: 'unfinished';
  /** The loop cancelled it at its end. */
  readonly cancelled: boolean;
}
/** A task that was cancelled. */
export interface Cancelled extends Common {
  readonly kind: 'cancelled';
  readonly from: Cancellation;
}

/**
 * Tasks that were pending, or cancelled by `asyncio.run()`, when the program ended. None if the record stops before the program does:
 * it cannot tell how the tasks would have ended.
 */
export function unfinished(timeline: Timeline): Unfinished[] {
  const { truncated, exit } = timeline;
  if (truncated || exit === undefined) return [];
  return timeline.tasks.flatMap((task) => {
    // asyncio closes a dropped async generator in a task without code of its own.
    if (isLibraryTask(timeline, task) || !task.code) return [];
    const cancelled = task.outcome.kind === 'cancelled' && isEnd(cancellationOf(timeline, task));
    if ((task.outcome.kind !== 'pending' && !cancelled) || isRunning(timeline, task)) return [];
    const segment = cancelled ? waitCutShort(timeline, task) : lastWait(timeline, task);
    return [
      {
        kind: 'unfinished',
        severity: 'warning',
        ...placeIn(timeline, task, segment),
        cost: 0,
        times: 1,
        cancelled,
      } as const,
    ];
  });
}

/** Whether the program ended inside a step of this task, so that the task did not wait for anything. */
function isRunning({ segments }: Timeline, { first, count }: Task): boolean {
  const last = first + count - 1;
  return count > 0 && segments.state[last] === State.running && (segments.flags[last] & Flag.open) !== 0;
}

/** Tasks that were cancelled. Those that the end of the program cancelled are `unfinished`, unless the record stops before. */
export function cancellations(timeline: Timeline): Cancelled[] {
  return timeline.tasks.flatMap((task) => {
    if (task.outcome.kind !== 'cancelled' || isLibraryTask(timeline, task)) return [];
    const from = cancellationOf(timeline, task);
    // Those are `unfinished`.
    if (isEnd(from) && !timeline.truncated) return [];
    const place = placeIn(timeline, task, waitCutShort(timeline, task));
    return [{ kind: 'cancelled', severity: 'info', ...place, cost: from.seconds ?? 0, times: 1, from } as const];
  });
}

function placeIn({ segments }: Timeline, task: Task, segment: number | undefined) {
  return {
    task: task.id,
    segment,
    site: segment === undefined ? task.site : segments.site[segment],
    start: segment === undefined ? task.created : segments.start[segment],
    startStep: segment === undefined ? 0 : segments.startStep[segment],
    end: task.outcome.kind === 'pending' ? undefined : task.ended,
  };
}

/** Whether the end of the program cancelled the task. */
function isEnd({ kind }: Cancellation): boolean {
  return kind === 'outside' || kind === 'ended';
}

/** Row of the wait in which a task was cancelled, not of a later wait in its cleanup; undefined if it was ready. */
function waitCutShort(timeline: Timeline, task: Task): number | undefined {
  const row = cancelledRow(timeline, task);
  // A task that awaits a cancelled task gets CancelledError in that wait.
  return row !== undefined && row > task.first && timeline.segments.state[row - 1] === State.suspended
    ? row - 1
    : undefined;
}

/** Row of a task's last suspended segment; undefined if it never waited. */
function lastWait({ segments }: Timeline, { first, count }: Task): number | undefined {
  for (let row = first + count - 1; row >= first; row--) if (segments.state[row] === State.suspended) return row;
  return undefined;
}
