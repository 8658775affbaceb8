import type { Code } from '../../trace/records';
import type { Seconds } from '../../units';

/** One run of a user's coroutine (or async generator), from its first step to its end. */
export interface CoroutineSpan {
  readonly id: number;
  /** Task id. */
  readonly task: number;
  readonly code: Code;
  /** Span id of its awaiter, 0 for a task's outermost coroutine. */
  readonly awaiter: number;
  /** Nesting below the task's outermost coroutine, which is 0. */
  readonly depth: number;
  readonly start: Seconds;
  readonly end: Seconds;
  readonly startStep: number;
  readonly endStep: number;
  readonly outcome: 'returned' | 'raised' | 'cancelled' | 'closed' | 'pending';
  /** Where in the user's code it was awaited or driven first (site id; 0: a task's own, or unknown). */
  readonly site: number;
  /** Of one that was closed: where (site id, 0: in no code of the user's), and why. */
  readonly closed?: { readonly site: number; readonly why: ClosedWhy };
  /** What an async generator handed out, in order; undefined for a coroutine. */
  readonly items?: readonly GeneratorItem[];
  /** Exceptions thrown into an async generator that stood at an item. */
  readonly thrown?: readonly GeneratorThrow[];
}

/** `program`: `close()` or `aclose()`; `loop`: `shutdown_asyncgens` at the loop's end; `dropped`: nobody held it any more. */
export type ClosedWhy = 'program' | 'loop' | 'dropped' | 'unknown';

export interface GeneratorItem {
  /** From 1. */
  readonly number: number;
  /** When somebody asked for it, and when it was handed out. */
  readonly asked: Seconds;
  readonly given: Seconds;
  /** Place on the steps axis. */
  readonly step: number;
  /** Who took it: task id, and where that stood. */
  readonly task: number;
  readonly site: number;
}

export interface GeneratorThrow {
  readonly time: Seconds;
  readonly step: number;
  readonly task: number;
  readonly text: string;
  readonly site: number;
}

/** One `async with` (or `enter_async_context`) of the user's code, from entering to leaving. */
export interface ContextSpan {
  readonly id: number;
  readonly task: number;
  /** The manager, for people: `Lock 1`, `TaskGroup`, a class or a generator function of the user's own. */
  readonly label: string;
  readonly site: number;
  readonly entering: Seconds;
  /** When its body began; undefined if it was never entered. */
  readonly entered: Seconds | undefined;
  readonly leaving: Seconds | undefined;
  readonly left: Seconds | undefined;
  /** How entering and leaving ended: `pending` if the record ends before. */
  readonly entry: CoroutineSpan['outcome'];
  readonly exit: CoroutineSpan['outcome'];
}
