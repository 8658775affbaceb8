import type { CauseKind, Code, JobKind, Meta, ResourceDefinition, Site, Wait } from '../trace/records';
import type { Seconds } from '../units';
import type { Shapes } from './shapes';

/** What a task is doing. Also the numbers in `Segments.state`. */
export const State = { ready: 0, running: 1, suspended: 2 } as const;
export type StateName = keyof typeof State;
export const stateNames = ['ready', 'running', 'suspended'] as const satisfies readonly StateName[];

/** `Segments.state` of a row that belongs to no task; its times mean nothing. */
export const NOBODY = 3;

/** Bits of `Segments.flags`. */
export const Flag = {
  /** The first step of an eager task, nested in its parent's running segment. */
  eager: 1,
  /** On the virtual clock: this step burned CPU, and its length is what it really took. */
  measured: 2,
  /** The recording stopped inside this segment: its end is the last moment known. */
  open: 4,
} as const;

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

export interface Task {
  readonly id: number;
  /** Its last name. */
  readonly name: string;
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
  /** Its segments are the rows `first` … `first + count - 1` of `Timeline.segments`, in time order, without gap or overlap. */
  readonly first: number;
  readonly count: number;
}

/** All segments of all tasks, as columns: row i is one segment. Grouped by task, in time order within a task. Rows between tasks may be nobody's. */
export interface Segments {
  readonly count: number;
  /** Index into `Timeline.tasks`. */
  readonly task: Uint32Array;
  readonly state: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** suspended: innermost place of the await chain · ready: where the waker stood · running: 0. */
  readonly site: Uint32Array;
  /** suspended: index into `Timeline.waits` · ready: task id of the waker, 0 none · running: 0, or for an eager step its parent's task id. */
  readonly about: Uint32Array;
  /** ready: index into `causeKinds`; otherwise 0. */
  readonly cause: Uint8Array;
  readonly flags: Uint8Array;
  /** Places on the *steps* axis, where every event is one unit wide: positions of start and end. */
  readonly startStep: Uint32Array;
  readonly endStep: Uint32Array;
}

export interface Resource extends ResourceDefinition {
  /** Its uses are the rows `first` … `first + count - 1` of `Timeline.uses`, in time order. */
  readonly first: number;
  readonly count: number;
}

/** What was done with all resources, as columns: row i is one use. Grouped by resource. */
export interface Uses {
  readonly count: number;
  readonly time: Float64Array;
  /** How many turns of the loop had ended: a use in turn k has k. */
  readonly step: Uint32Array;
  /** Index into `useNames`. */
  readonly what: Uint8Array;
  /** acquired, released: permits left · put, got, drained: items in the queue · done: unfinished items · notified: tasks woken · arrived, left: tasks inside · turned: index into `barrierStates` · shutdown: 1 if at once. */
  readonly value: Uint32Array;
  /** Of a queue: unfinished items after it. */
  readonly rest: Uint32Array;
  /** put, got, drained: how many, by one task in one turn. */
  readonly items: Uint32Array;
  /** Task id, 0 outside any task. Of a permit that is handed on: the task that gets it. */
  readonly task: Uint32Array;
  readonly site: Uint32Array;
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

/** Work beside the loops. Steps are places on the axis of the loop it was submitted on. */
export interface Job {
  readonly id: number;
  readonly kind: JobKind;
  /** What it runs: the qualified name of a function, or a command line. */
  readonly label: string;
  /** Task that submitted it, 0 none. */
  readonly task: number;
  readonly site: number;
  /** Loop that ran where it was submitted, 0 none. */
  readonly loop: number;
  readonly submitted: Seconds;
  readonly submittedStep: number;
  /** Undefined while it waits for a worker; of a process pool it is not known. */
  readonly started: Seconds | undefined;
  readonly startedStep: number | undefined;
  /** Name of the thread it ran in, empty if it is none of this process. */
  readonly worker: string;
  /** Of a subprocess; 0 unknown. */
  readonly pid: number;
  readonly ended: Seconds | undefined;
  readonly endedStep: number | undefined;
  readonly outcome: JobOutcome;
}

export type JobOutcome =
  | { readonly kind: 'result'; readonly text: string }
  | { readonly kind: 'exception'; readonly text: string; readonly site: number }
  | { readonly kind: 'cancelled' }
  /** Of a subprocess; negative: killed by that signal. */
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'pending' };

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

export interface OutputWrite {
  readonly time: Seconds;
  readonly step: number;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** Written by a handler of Python's `logging`: what it says is a `LogRecord` too. */
  readonly byLogging: boolean;
  /** Said by Python itself (a warning, an exception that nobody asked for), not by what ran just then: `task` and `site` are 0. */
  readonly byPython: boolean;
  /** Task id, 0 outside any task. */
  readonly task: number;
  readonly site: number;
}

/** A record of Python's `logging` that its logger let through, whether or not a handler showed it. */
export interface LogRecord {
  readonly time: Seconds;
  readonly step: number;
  readonly logger: string;
  /** `WARNING`, … */
  readonly level: string;
  /** 10 `DEBUG` … 50 `CRITICAL`. */
  readonly levelNumber: number;
  readonly message: string;
  /** `Type: message` of the exception that it tells of. */
  readonly error: string | undefined;
  /** Logged by asyncio itself, or a warning that `logging` took: `task` and `site` are 0. */
  readonly byPython: boolean;
  readonly task: number;
  readonly site: number;
}

export interface ProgramError {
  readonly time: Seconds;
  /** Place on the steps axis. */
  readonly step: number;
  readonly kind: 'uncaught' | 'handler' | 'never-retrieved' | 'never-awaited' | 'awaited-twice' | 'tracer';
  readonly type: string;
  readonly message: string;
  readonly traceback: string;
  readonly task: number;
  readonly site: number;
  /** `never-awaited`: whether `site` is the line that made the coroutine, or where it was seen to be gone (0: it was still held at the end). */
  readonly told?: 'made' | 'noticed';
  /** Of an exception group: the exceptions in it, those of groups within it too; the first 20. */
  readonly holds?: readonly HeldError[];
  /** `awaited-twice`: id of the coroutine's run, where it is known which. */
  readonly coroutine?: number;
}

/** An exception in an exception group. */
export interface HeldError {
  readonly type: string;
  readonly message: string;
  /** Where it was raised: the innermost place in the program, 0 unknown. */
  readonly site: number;
}

/** A task that cannot go on. */
export interface Stuck {
  /** Task id. */
  readonly task: number;
  /** Row of the segment in which it is suspended. */
  readonly segment: number;
  /** Ids of the tasks that would have to do something first; none: nobody can be named. */
  readonly on: readonly number[];
}

/** Something that is wrong with the program. */
export interface Finding {
  readonly kind: 'deadlock';
  readonly start: Seconds;
  readonly startStep: number;
  /** When it was over after all; undefined: never. */
  readonly end: Seconds | undefined;
  readonly stuck: readonly Stuck[];
  /** Ids of tasks that wait for one another, each for the next; empty if there is no such ring. */
  readonly cycle: readonly number[];
  /** Only these tasks are stuck: others still run, but nothing that they can reach would wake these. Found when the run was stopped. */
  readonly partial?: true;
}

/** The record is not of the whole program, and why. */
export interface Truncation {
  /** `steps`, `virtual-time`, `wall-time`, `output`, `deadlock`, `cancelled`: stopped; `killed`: the record just ends. */
  readonly reason: string;
  readonly message: string;
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

/** A thread that is not the loop's own called `call_soon()`, or what comes to it: `set_result()`, `create_task()`. */
export interface WrongThreadCall {
  readonly loop: number;
  readonly time: Seconds;
  readonly step: number;
  /** Where the thread stood (site id). */
  readonly site: number;
  readonly thread: string;
}

/** A whole run, resolved. Everything that people see is derived from this. */
export interface Timeline {
  readonly meta: Meta;
  /** Length of the loop's life. Times run from 0 to this. */
  readonly duration: Seconds;
  /** Length of the steps axis. */
  readonly steps: number;
  /** Ordered by creation. */
  readonly tasks: readonly Task[];
  readonly segments: Segments;
  /** By site id; [0] is undefined. */
  readonly sites: readonly (Site | undefined)[];
  /** By wait id; [0] is undefined. */
  readonly waits: readonly (Wait | undefined)[];
  readonly coroutines: readonly CoroutineSpan[];
  /** In order of their ids: of first use. */
  readonly resources: readonly Resource[];
  readonly uses: Uses;
  /** Of all loops, in order; so are idle waits. */
  readonly contexts: readonly ContextSpan[];
  readonly callbacks: readonly CallbackRun[];
  readonly idle: readonly LoopStretch[];
  readonly loops: readonly EventLoop[];
  /** In order of submission. */
  readonly jobs: readonly Job[];
  /** In the order of their turns. */
  readonly holds: readonly Hold[];
  /** In time order; on the virtual clock. */
  readonly ties: readonly Tie[];
  readonly timeGiven: readonly TimeGiven[];
  /** In the order in which they were set. */
  readonly deadlines: readonly Deadline[];
  /** In time order. */
  readonly wrongThreadCalls: readonly WrongThreadCall[];
  /** In the order of their turns. */
  readonly runCancels: readonly RunCancels[];
  readonly output: readonly OutputWrite[];
  readonly logs: readonly LogRecord[];
  readonly errors: readonly ProgramError[];
  /** In time order. */
  readonly findings: readonly Finding[];
  readonly truncated: Truncation | undefined;
  /** The program's exit code, where it ended. */
  readonly exit: number | undefined;
  /** What the sources of the program tell beside the record; undefined: nobody has read them. */
  readonly shapes?: Shapes;
}

/**
 * `asyncio.run()` cancels its main task because of a signal, or (`signal` 0) what is left at its end. `step`: in the turn of this number,
 * or before it.
 */
export interface RunCancels {
  readonly loop: number;
  readonly step: number;
  readonly signal: number;
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
