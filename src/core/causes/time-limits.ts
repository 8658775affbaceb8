import { deadlineAt } from '../timeline/deadlines';
import { type CallbackRun, type Deadline, type Segments, State, type Task, type Timeline } from '../timeline/model';
import { lastBefore, taskIndex } from '../timeline/tasks';
import { causeKinds } from '../trace/records';

/** A time limit that ran out: of `wait_for()`, `timeout()`, `wait(timeout=…)` or `as_completed(timeout=…)`. */
export interface TimeLimit {
  /** Task that set it, 0 unknown. */
  readonly task: number;
  /** Its length; undefined: unknown. */
  readonly seconds: number | undefined;
}

const CANCEL = causeKinds.indexOf('cancel');
/** Names of the timer callbacks that `asyncio.timeout()` and similar functions of libraries schedule. */
const CANCELS = /(^|\.)_on_timeout$/;
/** `wait()`, `wait_for()` up to 3.11, `as_completed()` from 3.13 on. */
const RELEASES = /(^|\.)(_release_waiter|_handle_timeout)$/;

/** The time limit that expired, if that is why a callback made a task ready (`row` is the ready segment). */
export function timeLimitAt(timeline: Timeline, row: number, callback: CallbackRun): TimeLimit | undefined {
  const { segments, tasks } = timeline;
  const own = tasks[segments.task[row]];
  if (callback.cause === 'timer' && RELEASES.test(callback.name)) return limitOf(timeline, own, row);
  if (!CANCELS.test(callback.name)) return undefined;
  if (segments.cause[row] !== CANCEL) return limitOf(timeline, own, row);
  return limitAbove(timeline, row);
}

/** The limit of the task itself, or of a task that awaits it and is cancelled with it. */
function limitAbove(timeline: Timeline, row: number): TimeLimit {
  const { segments, tasks } = timeline;
  let task = tasks[segments.task[row]];
  let ready = row;
  for (;;) {
    const limit = limitOf(timeline, task, ready);
    if (limit.seconds !== undefined) return limit;
    const above = tasks[taskIndex(tasks, task.parent)];
    const waiting = above && suspendedAt(segments, above, segments.startStep[row]);
    if (waiting === undefined || !waitsFor(timeline, waiting, task.id)) return limit;
    // It may not notice: what it awaited has caught the cancellation.
    const met = deadlineAt(timeline, above.id, segments.start[row], segments.startStep[row] - 1);
    if (met?.expired && met.due <= segments.start[row] + ROUNDING)
      return { task: above.id, seconds: secondsOf(timeline, met) };
    const woken = waiting + 1;
    if (woken >= above.first + above.count || segments.cause[woken] !== CANCEL) return limit;
    task = above;
    ready = woken;
  }
}

function limitOf(timeline: Timeline, task: Task, ready: number): TimeLimit {
  const { segments, waits } = timeline;
  // A deadline ends with the turn in which it cancels.
  const deadline = deadlineAt(timeline, task.id, segments.start[ready], segments.startStep[ready] - 1);
  if (deadline && deadline.due <= segments.start[ready] + ROUNDING)
    return { task: task.id, seconds: secondsOf(timeline, deadline) };
  const before = ready - 1;
  const waited = before >= task.first && segments.state[before] === State.suspended;
  const seconds = waited ? waits[segments.about[before]]?.fields.deadline : undefined;
  return { task: task.id, seconds: typeof seconds === 'number' ? seconds : undefined };
}

/** On the real clock it was set shortly before the tracer could record it. */
function secondsOf({ meta }: Timeline, { due, set }: Deadline): number {
  const seconds = due - set;
  const unit = meta.clock === 'real' && seconds > 0.01 ? 1e3 : 1e6;
  return Math.round(seconds * unit) / unit;
}

/** Loops fire timers up to the resolution of their clock early. */
const ROUNDING = 1e-3;

function waitsFor({ segments, waits }: Timeline, row: number, task: number): boolean {
  const fields = waits[segments.about[row]]?.fields;
  return fields?.task === task || (Array.isArray(fields?.members) && fields.members.includes(task));
}

/** The segment in which a task is suspended at the end of a turn. @param step of the turn */
function suspendedAt(segments: Segments, { first, count }: Task, step: number): number | undefined {
  const row = lastBefore(segments, first, count, step);
  return row !== undefined && segments.state[row] === State.suspended && segments.endStep[row] >= step
    ? row
    : undefined;
}
