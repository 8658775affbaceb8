/**
 * What the texts of a program tell that its record does not: how awaits are written. Lines are those of the trace, from 1. Read by
 * `src/source`, for a timeline knows no texts.
 */

/** By file, as the trace names it. */
export type Shapes = ReadonlyMap<string, FileShapes>;

export interface FileShapes {
  readonly sequences: readonly AwaitSequence[];
  readonly polls: readonly PollLoop[];
  readonly atOnce: readonly AwaitedAtOnce[];
  /** First and last lines of functions that call `uncancel()`: they take a cancellation back as asyncio means it. */
  readonly uncancels: readonly (readonly [first: number, last: number])[];
  /** What catches `CancelledError`, those further in after those around them. */
  readonly catches: readonly Catch[];
  /** What catches `Exception` or `TimeoutError`, but not `CancelledError`. */
  readonly handles: readonly Catch[];
  readonly races: readonly Race[];
  readonly borrows: readonly Borrow[];
  readonly waitsInIf: readonly WaitInIf[];
}

/** Code that catches an exception, or drops it. */
export interface Catch {
  /** First and last line of what it surrounds. */
  readonly first: number;
  readonly last: number;
  /** Where it catches, and what is written there: `except BaseException:`, `return`. */
  readonly line: number;
  readonly text: string;
}

/** Awaits one after another, of which none uses what another gives. */
export interface AwaitSequence {
  /** `statements`: written one below the other; `loop`, `comprehension`: one that is repeated. */
  readonly how: 'statements' | 'loop' | 'comprehension';
  /** First and last line of each await. */
  readonly awaits: readonly { readonly first: number; readonly last: number; readonly call: string }[];
}

/** A `while` whose body does nothing but sleep, and tests something that other tasks can change. */
export interface PollLoop {
  /** Line of the `while`. */
  readonly line: number;
  /** Line of the `await` of the sleep. */
  readonly sleep: number;
  /** What it tests, in one line. */
  readonly test: string;
}

/** A task that is awaited where it is created, and that nothing else can get at. */
export interface AwaitedAtOnce {
  readonly created: number;
  readonly awaited: number;
  /** The call that the task runs. */
  readonly call: string;
}

/** Something that the calls of a coroutine function share is read, and changed after an `await`, with no lock around both. */
export interface Race {
  /** `check`: it is tested, and changed if the test holds; `copy`: it is changed to what follows from the value that was read. */
  readonly how: 'check' | 'copy';
  /** `self.token` */
  readonly name: string;
  /** Lines. */
  readonly read: number;
  readonly write: number;
  /** First and last line of each await in between. */
  readonly awaits: readonly (readonly [first: number, last: number])[];
  /** First line of the function. */
  readonly function: number;
  /** It is the same object in all calls if the `async def` at this line ran once; 0: always. */
  readonly within: number;
  /** Which argument has to be the same too, from 0: `balances[name]`. */
  readonly key?: number | undefined;
  /** The new value is a constant: changing it twice does no harm by itself. */
  readonly fixed: boolean;
}

/** A coroutine function takes an item out of a queue and puts one back, but not if it fails in between. */
export interface Borrow {
  /** Lines of `queue.get()` and of `queue.put(…)`. */
  readonly get: number;
  readonly put: number;
}

/** `if TEST: await CONDITION.wait()`, outside of loops. */
export interface WaitInIf {
  /** Of the await. */
  readonly line: number;
  readonly test: string;
  readonly condition: string;
}
