import { wakingCallback } from '../timeline/jobs';
import { type Segments, State, type Timeline } from '../timeline/model';
import { type CauseKind, causeKinds } from '../trace/records';
import { type Cancellation, cancellationAt } from './cancellations';
import { type TimeLimit, timeLimitAt } from './time-limits';

/** Why a task became ready, as far as the trace tells. */
export interface WakeReason {
  readonly cause: CauseKind;
  /** Task that woke it, or that scheduled the callback in which it was woken; 0 none. It may be a task of another loop. */
  readonly task: number;
  /** The line of that task (site id); 0: its step had just ended, or there is none. */
  readonly site: number;
  /** Name of the callback that woke it; empty if none did. */
  readonly callback: string;
  /** Job whose end, or whose call from its thread, woke it; 0 none. */
  readonly job: number;
  /** Number of the signal whose handler woke it; 0 none. */
  readonly signal: number;
  /** The time limit that woke it by expiring. */
  readonly timeout: TimeLimit | undefined;
  /** Task that set the timer that woke it; 0: no timer, or unknown. */
  readonly timer: number;
  /** Where the cancellation that woke it came from. */
  readonly cancelled: Cancellation | undefined;
}

/** Why a task became ready. A few look-ups; only origins of cancellations are cached. @param row its ready segment */
export function wakeReason(timeline: Timeline, row: number): WakeReason {
  const { segments } = timeline;
  const cause = causeKinds[segments.cause[row]] ?? 'unknown';
  const found = wakingCallback(timeline, row);
  const task = segments.about[row];
  // A task created outside of the loop is recorded with the next turn, which did not create it.
  const callback = found && (cause !== 'created' || found.job > 0) && found.task === task ? found : undefined;
  const timeout = callback && timeLimitAt(timeline, row, callback);
  const isOwn = cause === 'timer' && isSleepOver(callback?.name) && OWN_TIMERS.has(waitKindBefore(timeline, row));
  return {
    cause,
    task,
    site: segments.site[row],
    callback: callback?.name ?? '',
    job: callback?.job ?? 0,
    signal: callback?.signal ?? 0,
    timeout,
    timer: isOwn ? timeline.tasks[segments.task[row]].id : (timeout?.task ?? 0),
    cancelled: cause === 'cancel' ? cancellationAt(timeline, row) : undefined,
  };
}

/**
 * The ready segment with which the wake-up of a segment began. ready: itself · running: the one before · suspended: the one
 * that ended it. Undefined if there is none.
 */
export function readyRowOf(
  { segments, tasks }: Pick<Timeline, 'segments' | 'tasks'>,
  segment: number,
): number | undefined {
  const task = tasks[segments.task[segment]];
  const state = segments.state[segment];
  const ready = state === State.running ? segment - 1 : state === State.suspended ? segment + 1 : segment;
  if (ready < task.first || ready >= task.first + task.count || segments.state[ready] !== State.ready) return undefined;
  return ready;
}

/** Waits that end with a timer of the task itself: `sleep()`, and simulated waits. */
const OWN_TIMERS: ReadonlySet<string | undefined> = new Set(['sleep', 'simulated']);

/** asyncio's own timer of `sleep()`. */
function isSleepOver(name: string | undefined): boolean {
  return name === '_set_result_unless_cancelled';
}

/** The kind of wait before a task became ready. */
function waitKindBefore({ segments, tasks, waits }: Timeline, row: number): string | undefined {
  const before = suspendedBefore(segments, tasks[segments.task[row]].first, row);
  return before === undefined ? undefined : waits[segments.about[before]]?.kind;
}

function suspendedBefore(segments: Segments, first: number, row: number): number | undefined {
  return row > first && segments.state[row - 1] === State.suspended ? row - 1 : undefined;
}
