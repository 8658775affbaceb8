import { wakeReason } from '../causes/wakes';
import { firstWhere } from '../sorted';
import { type Segments, State, type StateName, stateNames, type Task, type Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import { lastBefore } from '../timeline/tasks';
import type { Seconds } from '../units';

/** A stretch of a critical path. */
export interface PathPart {
  /**
   * What the task did: a state; `callback`: it had ended its step, and the callback that carried on from there waited for its turn;
   * `outside`: no task, before the first one was created or between two event loops.
   */
  readonly kind: StateName | 'callback' | 'outside';
  /** Task id; 0 `outside`. */
  readonly task: number;
  /** Row of `Segments`; undefined for `callback` and `outside`. */
  readonly segment: number | undefined;
  readonly start: Seconds;
  readonly end: Seconds;
  /** How the path came to this task: it created, woke or cancelled the next one at `end`. Undefined: the next part is its own. */
  readonly link: 'created' | 'woke' | 'cancelled' | undefined;
}

/** What led to a moment. */
export interface CriticalPath {
  /** Task whose moment it is. */
  readonly task: number;
  /** Where it begins: 0, or the beginning of a span. */
  readonly start: Seconds;
  /** The moment. */
  readonly end: Seconds;
  /** Index of the span whose length it explains, if it is one's. */
  readonly span?: number;
  /** From `start` to `end` in time order: each begins where the one before ends. */
  readonly parts: readonly PathPart[];
}

/**
 * The path to the end of a segment: back through the segments of its task to its last wake-up by a task, from there through those of the
 * waker, and so on to the beginning of the record. Where a timer, I/O or a thread woke it, the wait for that is the path. The end of a
 * suspended segment is the wake-up that ended it.
 * @param row of `Segments`
 * @param within only what led from the one moment to the other, which is in the segment: where the path comes to a task that nobody created, it
 * goes on with the wait of its own task
 */
export function pathTo(
  timeline: Timeline,
  row: number,
  within?: { readonly since: Seconds; readonly until: Seconds },
): CriticalPath {
  const { segments, tasks } = timeline;
  const target = tasks[segments.task[row]];
  const first = within?.since ?? 0;
  const end = Math.max(first, within?.until ?? segments.end[row]);
  const parts: PathPart[] = [];
  let time = end;
  let link: PathPart['link'];
  const add = (kind: PathPart['kind'], task: number, segment: number | undefined, from: Seconds) => {
    const start = Math.max(first, Math.min(from, time));
    parts.push({ kind, task, segment, start, end: time, link });
    link = undefined;
    time = start;
  };
  let at: number | undefined = row;
  if (!within && segments.state[row] === State.suspended && row + 1 < target.first + target.count) {
    // What ended the wait led here, not the wait.
    const came = cameFrom(timeline, target, row + 1);
    at = came?.row ?? row;
    link = came?.how;
  }
  while (at !== undefined && (!within || time > first || parts.length === 0)) {
    const task = tasks[segments.task[at]];
    if (segments.end[at] < time) add('callback', task.id, undefined, segments.end[at]);
    add(stateNames[segments.state[at]], task.id, at, segments.start[at]);
    const came = cameFrom(timeline, task, at);
    link = came?.how;
    at = came?.row;
    // What it waited for began by itself: another request came in. Before that, the wait is what led here.
    if (within && at === undefined && time > first) at = ownBefore(segments, target, time);
  }
  if (time > first) add('outside', 0, undefined, first);
  return { task: target.id, start: first, end, parts: parts.reverse() };
}

/** The segment of a task that goes on at a moment, and began before it. */
function ownBefore({ start }: Segments, { first, count }: Task, time: Seconds): number | undefined {
  const row = firstWhere(first, first + count, (i) => start[i] >= time) - 1;
  return row >= first ? row : undefined;
}

/** The segment that comes before one on the path, and how it led to that. */
function cameFrom(
  timeline: Timeline,
  task: Task,
  row: number,
): { readonly row: number; readonly how: PathPart['link'] } | undefined {
  const { segments } = timeline;
  const waker = segments.state[row] === State.ready ? wakerOf(timeline, row) : undefined;
  if (waker) return waker;
  if (row > task.first) return { row: row - 1, how: undefined };
  // An eager task begins within a step of its parent.
  const parent = segments.state[row] === State.running ? taskOf(timeline, task.parent) : undefined;
  const within = parent && runningBefore(segments, parent, segments.startStep[row] + 1);
  if (within !== undefined) return { row: within, how: 'created' };
  const before = lastOfLoopBefore(timeline, task);
  return before === undefined ? undefined : { row: before, how: undefined };
}

/** The step in which another task made this one ready. */
function wakerOf(timeline: Timeline, row: number): { row: number; how: 'created' | 'woke' | 'cancelled' } | undefined {
  const { segments } = timeline;
  const reason = wakeReason(timeline, row);
  // It was a matter of time, and not of what that task did.
  if (reason.cause === 'timer' || reason.timeout) return undefined;
  const by = taskOf(timeline, reason.task);
  if (!by || by.id === timeline.tasks[segments.task[row]].id) return undefined;
  const step = runningBefore(segments, by, segments.startStep[row]);
  if (step === undefined || segments.start[step] > segments.start[row]) return undefined;
  const how = reason.cause === 'created' ? 'created' : reason.cause === 'cancel' ? 'cancelled' : 'woke';
  return { row: step, how };
}

/** The last step of a task that began before a place on the steps axis. */
function runningBefore(segments: Segments, { first, count }: Task, step: number): number | undefined {
  for (let i = lastBefore(segments, first, count, step) ?? -1; i >= first; i--)
    if (segments.state[i] === State.running) return i;
  return undefined;
}

/** Nobody created the first task of an event loop: before it came what ended last of the loops before. */
function lastOfLoopBefore({ tasks, segments }: Timeline, { loop, created, first, count }: Task): number | undefined {
  if (count === 0) return undefined;
  let found: Task | undefined;
  for (const task of tasks) {
    if (task.loop === loop || task.count === 0 || task.ended > created) continue;
    const last = task.first + task.count - 1;
    if (segments.endStep[last] > segments.startStep[first]) continue;
    if (!found || task.ended >= found.ended) found = task;
  }
  return found && found.first + found.count - 1;
}
