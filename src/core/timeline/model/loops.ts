import type { CauseKind } from '../../trace/records';
import type { Seconds } from '../../units';

/** An event loop. */
export interface EventLoop {
  readonly id: number;
  /** Name of the thread it runs in. */
  readonly thread: string;
  /** When it was first used. */
  readonly opened: Seconds;
  /** Undefined if it never was. */
  readonly closed: Seconds | undefined;
  readonly closedStep: number | undefined;
  /**
   * Class of a loop that is none of asyncio's own, empty for those. Of such a loop only steps of tasks and scheduled callbacks are
   * known: not how it waits, not what it does with sockets, not when it is closed.
   */
  readonly foreign: string;
}

/** What the loop did apart from running tasks. */
export interface LoopStretch {
  /** Loop id. */
  readonly loop: number;
  readonly start: Seconds;
  readonly end: Seconds;
  readonly startStep: number;
  readonly endStep: number;
}

export interface CallbackRun extends LoopStretch {
  readonly name: string;
  readonly cause: CauseKind;
  /** Task that scheduled it, 0 none. It may be a task of another loop. */
  readonly task: number;
  /** Job that scheduled it from its thread, or whose end it tells; 0 none. */
  readonly job: number;
  /** Number of the signal that it handles, 0 none. */
  readonly signal: number;
}

/** What a step or a callback did in which the loop could do nothing else, as samples of its stack tell. */
export interface Hold {
  readonly loop: number;
  /** Turn in which it was. */
  readonly step: number;
  /** Task id, 0 in a callback. */
  readonly task: number;
  readonly start: Seconds;
  readonly end: Seconds;
  /** How long the thread computed, and how long it waited in a call that blocks; not: how long others had the processor. */
  readonly computing: Seconds;
  readonly blocked: Seconds;
  /** What is to blame: the innermost place of the user's code (site id; its parents called it) in which most of that went by. 0 unknown. */
  readonly site: number;
  /** The innermost place of all, as far as most of it went by there: in a library, or `site` itself. */
  readonly inner: number;
  /** How much of it went by at `site`. */
  readonly share: number;
  /** When it was at `site`, in order. */
  readonly stretches: readonly { readonly start: Seconds; readonly end: Seconds }[];
}

/** A thread that is not the loop's own called `call_soon()`, or what comes to it: `set_result()`, `create_task()`. */
export interface WrongThreadCall {
  readonly loop: number;
  readonly time: Seconds;
  readonly step: number;
  /** Where the thread stood (site id). */
  readonly site: number;
  readonly thread: string;
}

/**
 * `asyncio.run()` cancels its main task because of a signal, or (`signal` 0) what is left at its end. `step`: in the turn of this number,
 * or before it.
 */
export interface RunCancels {
  readonly loop: number;
  readonly step: number;
  readonly signal: number;
  /** Ids of the tasks that the program itself had cancelled before, while they were ready; undefined: the record does not tell. */
  readonly before: readonly number[] | undefined;
}

/** Timers that were set at different moments were due at one instant: on a real clock either may fire first. */
export interface Tie {
  readonly loop: number;
  readonly time: number;
  /** How many turns had ended when the first of them fired. */
  readonly step: number;
}

/** Turns of a loop that did not wait between them, and were given time on the virtual clock, as they would take on a real one. */
export interface TimeGiven {
  readonly loop: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly turns: number;
}
