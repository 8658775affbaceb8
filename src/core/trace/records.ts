import type { Change } from './change';
import type { PlanNote } from './plan-notes';

/** Why a task became ready. Indexed by the numbers of the wire format. */
export const causeKinds = [
  'unknown',
  'created',
  'task',
  'timer',
  'io',
  'thread',
  'callback',
  'cancel',
  'signal',
] as const;

export type CauseKind = (typeof causeKinds)[number];

export interface Meta {
  readonly python: string;
  readonly implementation: string;
  readonly platform: string;
  readonly clock: 'virtual' | 'real';
  readonly engine: 'embedded' | 'interpreter';
  readonly program: string;
  readonly argv: readonly string[];
  readonly monitoring: string;
  readonly columns: boolean;
  /** The record begins in the middle of the run: earlier rows were not kept. */
  readonly clipped: boolean;
  /** What was done to a snippet so that it could be run. */
  readonly notes: readonly PlanNote[];
  /**
   * What is known of steps that hold their loop. `sampled`: all that took long were looked at; `sleeps`: only what `time.sleep` did on the
   * virtual clock; `none`: nothing.
   */
  readonly holds: 'sampled' | 'sleeps' | 'none';
  /** Waits that took another time than the program says; undefined: of a kind that this version does not know. */
  readonly whatIf: readonly (Change | undefined)[];
  /** Which of the timers fire first that are due at one instant, but were set at different moments: `reversed`, those set later. */
  readonly ties?: 'set' | 'reversed';
  /** Of how many tasks, at most, it was recorded what their coroutines were called with; 0: of none. */
  readonly arguments: number;
  /** `tasks`: the coroutines inside tasks were not followed. */
  readonly detail: 'full' | 'tasks';
  /** Of its process, where children of it are recorded too. */
  readonly pid?: number | undefined;
}

/** A process whose records are in a trace. */
export interface TraceProcess {
  readonly pid: number;
  /** What it was started with: the program and its arguments, as far as they are known. */
  readonly argv: readonly string[];
  /** Ids of its event loops, in the whole trace. */
  readonly loops: readonly number[];
  /** Its own record has an end; otherwise it was killed, or still runs. */
  readonly ended: boolean;
}

/** A code object. */
export interface Code {
  readonly file: string;
  readonly function: string;
  readonly firstLine: number;
  readonly kind: 'coroutine' | 'asyncgen' | 'generator' | 'function' | 'other';
  /** The user's own code, as against the standard library and installed packages. */
  readonly user: boolean;
}

/** A place where a frame stands; `parent` is the place of the frame that awaits it (0: none). */
export interface Site {
  readonly parent: number;
  readonly code: Code;
  /** From 1. */
  readonly line: number;
  /** From 0, UTF-16 code units; null before Python 3.11. */
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** What the frame awaits without an `await` being written: the two ends of `async with`, a turn of `async for`. */
  readonly role?: 'enter' | 'exit' | 'next';
  /** Lines of the `async for` statements whose bodies the frame is in, outermost first. */
  readonly loops?: readonly number[];
  /** What a comment of the program calls it. */
  readonly label?: string;
  /** A comment of the program says that nobody needs to look at it. */
  readonly ignored?: boolean;
  /** Of a frame in a step that held its loop: the source of the call at which it stands (`time.sleep(1)`), or of its line. */
  readonly call?: string;
  /** Whether that is a call. */
  readonly calls?: boolean;
}

/** What a suspended task waits for. */
export interface Wait {
  readonly kind: string;
  readonly label: string;
  readonly fields: WaitFields;
}

export interface WaitFields {
  readonly delay?: number;
  readonly deadline?: number;
  readonly task?: number;
  readonly members?: readonly number[];
  /** Id of a `Resource`; a name in traces that are older than these. */
  readonly resource?: number | string;
  readonly [key: string]: unknown;
}

/** A lock, semaphore, event, condition, barrier or queue of asyncio's. */
export interface ResourceDefinition {
  readonly id: number;
  /** `lock`, `semaphore`, `event`, `condition`, `barrier`, `queue`. */
  readonly kind: string;
  /** As the program calls it; `Queue 1` if it has no name. */
  readonly name: string;
  /** Name of its class, where that is not asyncio's plain one of its kind. */
  readonly type: string | undefined;
  /** Where it was made (site id, 0 unknown). */
  readonly site: number;
  /** Of a queue; 0: as long as it likes. */
  readonly maxsize: number | undefined;
  /** Permits that a semaphore began with. */
  readonly value: number | undefined;
  /** Of a barrier. */
  readonly parties: number | undefined;
  /** Id of the lock of a condition. */
  readonly lock: number | undefined;
}

/** `executor`: one that is none of Python's own. `thread`: of a pool, or one that the program started and that calls back into a loop. */
export const jobKinds = ['thread', 'process', 'interpreter', 'executor', 'subprocess'] as const;

export type JobKind = (typeof jobKinds)[number];
