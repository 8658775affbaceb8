import type { Code } from '../../trace/records';
import type { Seconds } from '../../units';

export interface Task {
  readonly id: number;
  /** Its last name. */
  readonly name: string;
  /** What it is called instead of what it runs: by `coroscope.label()`, or after the request that it serves. */
  readonly label?: string | undefined;
  /** Qualified name of its coroutine function. */
  readonly coroutine: string;
  readonly code: Code | undefined;
  /** Id of the task that created it, 0 for none. */
  readonly parent: number;
  readonly loop: number;
  readonly created: Seconds;
  /** It was made before the record begins: when is not known, `created` is where the record begins. */
  readonly createdBefore: boolean;
  /** When it ended, or the end of the record. */
  readonly ended: Seconds;
  /** Where it was created (site id, 0 unknown). */
  readonly site: number;
  /** What its coroutine was called with: `2`, `'apple', 1`; empty for none, undefined where that was not recorded. */
  readonly args?: string | undefined;
  /** No other task of the run runs the same with the same arguments. */
  readonly unique?: boolean | undefined;
  readonly group: { readonly id: number; readonly kind: string } | undefined;
  readonly outcome: Outcome;
  /** It ended before its coroutine began: none of its code ran. */
  readonly unbegun?: boolean;
  /** A coroutine of a library made it for its own purposes, while the user's code awaited that coroutine. */
  readonly ofLibrary?: boolean;
  /** Its segments are the rows `first` … `first + count - 1` of `Timeline.segments`, in time order, without gap or overlap. */
  readonly first: number;
  readonly count: number;
}

export type Outcome =
  | { readonly kind: 'result'; readonly text: string }
  | { readonly kind: 'exception'; readonly text: string; readonly site: number }
  | {
      readonly kind: 'cancelled';
      readonly text: string;
      readonly by: number;
      readonly site: number;
      /** Whether `cancel()` was called on it; if not, CancelledError came out of what it ran. Undefined before Python 3.11. */
      readonly asked?: boolean | undefined;
    }
  | { readonly kind: 'pending' };

/** What `asyncio.timeout()` set for a task. */
export interface Deadline {
  /** Task id. */
  readonly task: number;
  readonly set: Seconds;
  /** Turn in which it was set. */
  readonly setStep: number;
  readonly due: Seconds;
  /** When the timeout was left, moved or met; undefined: it stood at the end of the record. */
  readonly over: Seconds | undefined;
  readonly overStep: number | undefined;
  /** It was met: the task was cancelled. */
  readonly expired: boolean;
  /** When the block of a timeout that was met was left, and with which exception: `nothing` if what ran in it caught the cancellation. */
  readonly left?: { readonly at: Seconds; readonly step: number; readonly with: 'nothing' | 'cancelled' | 'other' };
}
