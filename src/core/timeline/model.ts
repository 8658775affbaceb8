import type { Meta, Site, TraceProcess, Wait } from '../trace/records';
import type { Seconds } from '../units';
import type { ContextSpan, CoroutineSpan } from './model/coroutines';
import type { ProgramError } from './model/errors';
import type { Finding } from './model/findings';
import type { Job } from './model/jobs';
import type {
  CallbackRun,
  EventLoop,
  Hold,
  LoopStretch,
  RunCancels,
  Tie,
  TimeGiven,
  WrongThreadCall,
} from './model/loops';
import type { LogRecord, OutputWrite } from './model/output';
import type { Resource, Uses } from './model/resources';
import type { Segments } from './model/segments';
import type { NamedSpan } from './model/spans';
import type { Deadline, Task } from './model/tasks';
import type { Shapes } from './shapes';

export type * from './model/coroutines';
export type * from './model/errors';
export type * from './model/findings';
export type * from './model/jobs';
export type * from './model/loops';
export type * from './model/output';
export type * from './model/resources';
export * from './model/segments';
export type * from './model/spans';
export type * from './model/tasks';

/** The record is not of the whole program, and why. */
export interface Truncation {
  /** `steps`, `virtual-time`, `wall-time`, `output`, `deadlock`, `cancelled`: stopped; `killed`: the record just ends. */
  readonly reason: string;
  readonly message: string;
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
  /** Requests, and what the program calls spans, in the order in which they began. */
  readonly spans: readonly NamedSpan[];
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
  /** The processes that it is of, the program's own first; empty: only that one. */
  readonly processes: readonly TraceProcess[];
  /** The program started other processes, which are not recorded. */
  readonly startedOthers: boolean;
  /** Libraries with event loops that are not recorded, such as trio, which the program imported. */
  readonly notRecorded: readonly string[];
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
