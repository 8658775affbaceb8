import type { Iteration } from '../places/iterations';
import type { Job, Outcome, ProgramError } from '../timeline/model';
import type { Change } from '../trace/change';
import type { PlanNote } from '../trace/plan-notes';
import type { WaitFields } from '../trace/records';
import type { Seconds } from '../units';
import type { ErrorExplanation } from '../words/errors';
import type { ContextJson, CoroutineJson } from './coroutines';
import type { FindingJson } from './findings';
import type { FrameJson } from './frame';
import type { BlockedByJson } from './holds';
import type { ResourceJson } from './resources';
import type { SpanJson } from './spans';
import type { CancellationJson, CauseJson } from './wakes';

/**
 * A timeline as plain JSON: the contract for other tools, described in `docs/timeline-json.md` and `docs/timeline.schema.json`.
 * Times are seconds from the start of the loop. What is unknown or absent is `null`; a flag that is false is left out.
 */
export interface TimelineJson {
  readonly format: 1;
  readonly program: string;
  readonly argv: readonly string[];
  readonly engine: 'embedded' | 'interpreter';
  readonly clock: 'virtual' | 'real';
  readonly python: string;
  readonly duration: Seconds;
  readonly exit: number | null;
  readonly truncated: { readonly reason: string; readonly message: string } | null;
  /** The processes that were recorded, with the ids of their event loops. Left out where it is one. */
  readonly processes?: readonly ProcessJson[];
  /** Libraries with event loops that are not recorded, which the program imported. */
  readonly notRecorded?: readonly string[];
  /** Coroutines inside tasks were not followed. */
  readonly detail?: 'tasks';
  readonly clipped?: true;
  /** What was done to a snippet so that it could be run, each also as a sentence. */
  readonly notes?: readonly (PlanNote & { readonly text: string })[];
  /** Waits that took another time than the program says, and whether they came at all. */
  readonly whatIf?: readonly (Change & { readonly came: boolean })[];
  readonly tasks: readonly TaskJson[];
  readonly coroutines: readonly CoroutineJson[];
  readonly resources: readonly ResourceJson[];
  readonly contexts: readonly ContextJson[];
  readonly spans: readonly SpanJson[];
  readonly output: readonly OutputJson[];
  readonly logs: readonly LogJson[];
  readonly errors: readonly ErrorJson[];
  readonly findings: readonly FindingJson[];
  readonly jobs: readonly JobJson[];
  readonly deadlines: readonly DeadlineJson[];
  readonly ties: readonly TieJson[];
  readonly timeGiven: readonly TimeGivenJson[];
  readonly loops: readonly EventLoopJson[];
  readonly loop: LoopJson;
}

export interface ProcessJson {
  readonly pid: number | null;
  readonly argv: readonly string[];
  readonly loops: readonly number[];
  readonly ended: boolean;
}

export interface TieJson {
  readonly time: number;
  readonly step: number;
  readonly tasks: readonly number[];
}

export interface TimeGivenJson {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly turns: number;
}

export interface DeadlineJson {
  readonly task: number;
  readonly set: Seconds;
  /** null: never. */
  readonly due: Seconds | null;
  readonly over: Seconds | null;
  readonly expired: boolean;
}

export interface TaskJson {
  readonly id: number;
  readonly name: string;
  readonly coroutine: string;
  /** What it is called instead: by `coroscope.label()`, or after the request that it serves. */
  readonly label?: string;
  /** What its coroutine was called with, short: `2`, `'apple', n=1`; `null`: not known. */
  readonly arguments: string | null;
  readonly parent: number | null;
  readonly loop: number;
  readonly created: Seconds;
  readonly createdBefore?: true;
  readonly ended: Seconds | null;
  readonly site: FrameJson | null;
  readonly group: { readonly id: number; readonly kind: string } | null;
  readonly outcome: OutcomeJson;
  readonly segments: readonly SegmentJson[];
}

export interface OutcomeJson {
  readonly kind: Outcome['kind'];
  readonly text?: string;
  readonly by?: number | null;
  readonly site?: FrameJson | null;
  readonly origin?: CancellationJson;
}

export interface SegmentJson {
  readonly state: 'ready' | 'running' | 'suspended';
  readonly start: Seconds;
  readonly end: Seconds;
  readonly startStep: number;
  readonly endStep: number;
  readonly open?: true;
  readonly eager?: true;
  readonly measured?: true;
  readonly chain?: readonly FrameJson[];
  readonly iterations?: readonly Iteration[];
  readonly waitingFor?: WaitFields & { readonly kind: string; readonly label: string };
  readonly cause?: CauseJson;
  readonly blockedBy?: BlockedByJson;
}

export interface OutputJson {
  readonly time: Seconds;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly byLogging?: true;
  readonly byPython?: true;
  readonly task: number | null;
  readonly site: FrameJson | null;
}

export interface LogJson {
  readonly time: Seconds;
  readonly logger: string;
  readonly level: string;
  readonly levelNumber: number;
  readonly message: string;
  readonly error: string | null;
  readonly byPython?: true;
  readonly task: number | null;
  readonly site: FrameJson | null;
}

export interface ErrorJson {
  readonly time: Seconds;
  readonly kind: ProgramError['kind'];
  readonly type: string;
  readonly message: string;
  readonly traceback: string;
  readonly task: number | null;
  readonly site: FrameJson | null;
  /** What it means in async code, where that can be said, and what to write; in English. */
  readonly explanation?: ErrorExplanation;
  /** Of an exception group: the exceptions in it, the first 20. */
  readonly holds?: readonly { readonly type: string; readonly message: string; readonly site: FrameJson | null }[];
  readonly told?: ProgramError['told'];
  readonly coroutine?: number;
}

export interface JobJson {
  readonly id: number;
  readonly kind: Job['kind'];
  readonly label: string;
  readonly task: number | null;
  readonly site: FrameJson | null;
  readonly loop: number | null;
  readonly submitted: Seconds;
  readonly started: Seconds | null;
  readonly worker: string | null;
  readonly pid: number | null;
  readonly ended: Seconds | null;
  readonly outcome: JobOutcomeJson;
}

export interface JobOutcomeJson {
  readonly kind: Job['outcome']['kind'];
  readonly text?: string;
  readonly site?: FrameJson | null;
  readonly code?: number;
}

export interface EventLoopJson {
  readonly id: number;
  readonly thread: string;
  readonly opened: Seconds;
  readonly closed: Seconds | null;
  readonly foreign: string | null;
}

export interface LoopJson {
  readonly idle: readonly { readonly loop: number; readonly start: Seconds; readonly end: Seconds }[];
  readonly callbacks: readonly {
    readonly loop: number;
    readonly start: Seconds;
    readonly end: Seconds;
    readonly name: string;
    readonly cause: string;
    readonly task: number | null;
    readonly job: number | null;
    readonly signal: number | null;
    readonly blockedBy?: BlockedByJson;
  }[];
}
