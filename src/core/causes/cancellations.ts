import { userSite } from '../places/chain';
import { firstWhere } from '../sorted';
import { wakingCallback } from '../timeline/jobs';
import { type CallbackRun, type RunCancels, State, type Task, type Timeline } from '../timeline/model';
import { lastBefore, taskIndex } from '../timeline/tasks';
import { causeKinds } from '../trace/records';
import { timeLimitAt } from './time-limits';

/** Where a cancellation came from, however many tasks it went through. */
export interface Cancellation {
  /**
   * `task`: it called `.cancel()` · `timeout`: a time limit ran out · `taskgroup`: a TaskGroup gave up because one of its tasks
   * (or its own block) raised · `callback`, `timer`, `io`, `thread`, `signal`: a callback of that origin called it ·
   * `interrupt`: while the loop waited, as by Ctrl+C · `outside`: while it was not running, as `asyncio.run()` does at its end ·
   * `ended`: while it was ready, as the first task ended: by that task in its last step, or by `asyncio.run()` behind it ·
   * `ready`: while it was ready, by one of several tasks that ran then · `unknown`: it cancelled itself.
   */
  readonly kind:
    | 'task'
    | 'timeout'
    | 'taskgroup'
    | 'callback'
    | 'timer'
    | 'io'
    | 'thread'
    | 'signal'
    | 'interrupt'
    | 'outside'
    | 'ended'
    | 'ready'
    | 'unknown';
  /** The task that was cancelled first; `.cancel()` may have been called on a task that awaited it. */
  readonly target: number;
  /** `task`: who called `.cancel()` · `ended`: who ended · `timeout`: whose limit it was · `taskgroup`: who raised · callbacks: who scheduled it. 0 none. */
  readonly task: number;
  /** The line of that task, or where it raised (site id); 0 unknown. */
  readonly site: number;
  /** Name of the callback that called `.cancel()`; empty if none did. */
  readonly callback: string;
  readonly job: number;
  readonly signal: number;
  /** The time limit, if there was one. */
  readonly seconds: number | undefined;
}

/** Where a cancellation came from. @param row the ready segment that it began */
export function cancellationAt(timeline: Timeline, row: number): Cancellation {
  return cancellationsOf(timeline).at(row);
}

/** The ready segment that the cancellation began, of a task that ended cancelled; undefined if it was already ready, or never began. */
export function cancelledRow(timeline: Timeline, task: Task): number | undefined {
  return cancellationsOf(timeline).rowOf(task);
}

/**
 * Whether the ready segment `row` began because an awaited task was cancelled: this task itself was not.
 */
export function isToldOfCancellation({ segments, tasks }: Timeline, row: number): boolean {
  if (segments.cause[row] !== CANCEL || segments.site[row] !== 0) return false;
  const waker = tasks[taskIndex(tasks, segments.about[row])];
  return waker?.outcome.kind === 'cancelled' && segments.task[row] !== taskIndex(tasks, segments.about[row]);
}

/** Who cancelled a task that ended cancelled; `unknown` if the record does not say. */
export function cancellationOf(timeline: Timeline, task: Task): Cancellation {
  return cancellationsOf(timeline).of(task);
}

const CANCEL = causeKinds.indexOf('cancel');
/** Callbacks of asyncio's own that tell one future of the end of another. */
const PASSES_ON = /^(_?gather|shield|_chain_future)\.<locals>\./;
const GIVES_UP = /(^|\.)TaskGroup\._on_task_done$/;

const all = new WeakMap<Timeline['segments'], Cancellations>();

function cancellationsOf(timeline: Timeline): Cancellations {
  const known = all.get(timeline.segments) ?? new Cancellations(timeline);
  all.set(timeline.segments, known);
  return known;
}

/** Remembers each link, so that a cancellation through many tasks is followed once, not once for each task. */
class Cancellations {
  readonly #known = new Map<number, Cancellation>();

  constructor(private readonly timeline: Timeline) {}

  at(row: number): Cancellation {
    const path: number[] = [];
    let next: number | Cancellation = row;
    while (typeof next === 'number') {
      const known = this.#known.get(next);
      if (known) {
        next = known;
        break;
      }
      path.push(next);
      // A damaged trace may contain a cycle: mark this one before following it.
      this.#known.set(next, unknown(this.#taskAt(next).id));
      next = this.#before(next);
    }
    for (const each of path) this.#known.set(each, next);
    return next;
  }

  of(task: Task): Cancellation {
    const row = this.rowOf(task);
    // CancelledError that its own code raised.
    if (row === undefined && task.outcome.kind === 'cancelled' && task.outcome.asked === false) return unknown(task.id);
    return row === undefined ? this.#whileReady(task) : this.at(row);
  }

  /** A cancellation does not wake a task that is already ready: any task that ran until its turn can have called it. */
  #whileReady(task: Task): Cancellation {
    const { segments, tasks } = this.timeline;
    let row = task.first + task.count - 1;
    while (row >= task.first && segments.state[row] !== State.ready) row--;
    if (row < task.first) return unknown(task.id);
    const [from, to] = [segments.startStep[row] - 1, segments.endStep[row]];
    const others = tasks.filter(({ id, loop }) => id !== task.id && loop === task.loop);
    // The main task of the loop: when it has ended, asyncio.run() cancels the rest.
    const root = others.findLast(
      ({ parent, first, count }) => parent === 0 && count > 0 && segments.startStep[first] < to,
    );
    const end = root && root.outcome.kind !== 'pending' ? segments.endStep[root.first + root.count - 1] : Infinity;
    if (end <= from) return { ...unknown(task.id), kind: 'outside' };
    const over = root && end <= to;
    const run = this.timeline.runCancels.find(({ loop, signal }) => loop === task.loop && signal === 0);
    // What is ready when the main task ends still has its turn before `asyncio.run()` cancels the rest.
    if (run && to >= run.step && run.before && !run.before.includes(task.id))
      return { ...unknown(task.id), kind: 'outside' };
    if (over && !(run && (to < run.step || run.before))) return { ...unknown(task.id), kind: 'ended', task: root.id };
    const ran = others.filter((other) => this.#ranIn(other, from, to));
    if (ran.length === 0) return unknown(task.id);
    return { ...unknown(task.id), kind: ran.length === 1 ? 'task' : 'ready', task: ran.length === 1 ? ran[0].id : 0 };
  }

  #ranIn({ first, count }: Task, from: number, to: number): boolean {
    const { segments } = this.timeline;
    let row = lastBefore(segments, first, count, to);
    while (row !== undefined && row >= first && segments.endStep[row] > from) {
      if (segments.state[row] === State.running && segments.startStep[row] >= from) return true;
      row--;
    }
    return false;
  }

  /** The ready segment that the cancellation of a task began. */
  rowOf(task: Task): number | undefined {
    const { segments, tasks } = this.timeline;
    let last: number | undefined;
    for (let row = task.first + task.count - 1; row >= task.first; row--) {
      if (segments.state[row] !== State.ready) continue;
      if (segments.cause[row] === CANCEL) return row;
      last ??= row;
    }
    // `gather()` and older `wait_for()` re-raise the cancellation of what they wait for.
    if (last === undefined || segments.about[last] === task.id) return undefined;
    const waker = tasks[taskIndex(tasks, segments.about[last])];
    return waker?.outcome.kind === 'cancelled' && waker.ended <= task.ended && segments.cause[last] !== 1
      ? this.#lastCancel(waker)
      : undefined;
  }

  #lastCancel({ first, count }: Task): number | undefined {
    const { segments } = this.timeline;
    for (let row = first + count - 1; row >= first; row--)
      if (segments.state[row] === State.ready && segments.cause[row] === CANCEL) return row;
    return undefined;
  }

  /** One link back: the ready segment that the cancellation came from, or its origin. */
  #before(row: number): number | Cancellation {
    const { segments, tasks } = this.timeline;
    const by = segments.about[row];
    const target = this.#taskAt(row).id;
    const callback = wakingCallback(this.timeline, row);
    // A signal that a task sends to itself is handled in its own step.
    const run = by === 0 || by === target ? this.#runCancels(row) : undefined;
    if (run && (by === 0 || run.signal > 0))
      return { ...unknown(target), kind: run.signal > 0 ? 'interrupt' : 'outside', signal: run.signal };
    if (callback?.task === by) return this.#inCallback(row, target, callback);
    if (by === 0) {
      const idle = isIdle(this.timeline, this.#taskAt(row).loop, segments.startStep[row] - 1);
      return { ...unknown(target), kind: idle ? 'interrupt' : 'outside' };
    }
    const waker = tasks[taskIndex(tasks, by)];
    const site = segments.site[row];
    const called = { ...unknown(target), kind: 'task', task: by, site } as const;
    if (!waker) return called;
    if (site === 0) return waker.outcome.kind === 'cancelled' ? this.#ofEnded(waker) : called;
    return this.#passedOn(row, target, waker) ?? called;
  }

  /** `asyncio.run()` cancelled tasks in the turn in which the ready segment `row` began, or between that and the next. */
  #runCancels(row: number): RunCancels | undefined {
    const { segments, runCancels } = this.timeline;
    const { loop } = this.#taskAt(row);
    const turn = segments.startStep[row] - 1;
    return runCancels.find(
      (each) => each.loop === loop && (each.step === turn || (each.signal === 0 && each.step === turn + 1)),
    );
  }

  #inCallback(row: number, target: number, callback: CallbackRun): number | Cancellation {
    const { name, task, cause, job, signal } = callback;
    const { tasks } = this.timeline;
    const found = { ...unknown(target), task, callback: name, job, signal };
    const limit = timeLimitAt(this.timeline, row, callback);
    if (limit) return { ...found, kind: 'timeout', ...limit };
    const from = tasks[taskIndex(tasks, task)];
    if (from && PASSES_ON.test(name) && from.outcome.kind === 'cancelled') return this.#ofEnded(from);
    if (GIVES_UP.test(name))
      return { ...found, kind: 'taskgroup', site: from?.outcome.kind === 'exception' ? from.outcome.site : 0 };
    return { ...found, kind: isCallbackCause(cause) ? cause : 'callback' };
  }

  #ofEnded(task: Task): number | Cancellation {
    return this.rowOf(task) ?? this.of(task);
  }

  /**
   * A task that cancels others in a step of its own may do so because it was cancelled itself, or out of time: then it stands
   * where it stood before (in `wait_for()`, in `async with TaskGroup()`), and the call is asyncio's, not one of its own lines.
   */
  #passedOn(row: number, target: number, waker: Task): number | Cancellation | undefined {
    const { segments, waits } = this.timeline;
    const { first, count, id } = waker;
    let step = lastBefore(segments, first, count, segments.startStep[row]);
    while (step !== undefined && step > first && segments.state[step] !== State.running) step--;
    if (step === undefined || segments.state[step] !== State.running) return undefined;
    const site = segments.site[row];
    const ready = step > first && segments.state[step - 1] === State.ready ? step - 1 : undefined;
    const next = step + 1 < first + count && segments.state[step + 1] === State.suspended ? step + 1 : undefined;
    const leaves =
      next !== undefined &&
      waits[segments.about[next]]?.kind === 'taskgroup' &&
      this.#samePlace(site, segments.site[next]);
    if (ready !== undefined && ready > first && (leaves || this.#samePlace(site, segments.site[ready - 1]))) {
      if (segments.cause[ready] === CANCEL) return ready;
      const callback = wakingCallback(this.timeline, ready);
      const limit = callback && timeLimitAt(this.timeline, ready, callback);
      if (limit) return { ...unknown(target), kind: 'timeout', callback: callback.name, ...limit };
    }
    return leaves ? { ...unknown(target), kind: 'taskgroup', task: id, site } : undefined;
  }

  #samePlace(a: number, b: number): boolean {
    const one = userSite(this.timeline, a);
    const other = userSite(this.timeline, b);
    return one !== undefined && one.code === other?.code && one.line === other.line && one.column === other.column;
  }

  #taskAt(row: number): Task {
    return this.timeline.tasks[this.timeline.segments.task[row]];
  }
}

function unknown(target: number): Cancellation {
  return {
    kind: 'unknown',
    target,
    task: 0,
    site: 0,
    callback: '',
    job: 0,
    signal: 0,
    seconds: undefined,
  };
}

function isCallbackCause(cause: string): cause is 'timer' | 'io' | 'thread' | 'signal' {
  return cause === 'timer' || cause === 'io' || cause === 'thread' || cause === 'signal';
}

function isIdle({ idle }: Timeline, loop: number, turn: number): boolean {
  const low = firstWhere(0, idle.length, (i) => idle[i].startStep >= turn);
  return idle[low]?.startStep === turn && idle[low].loop === loop;
}
