import type { JobKind } from '../../trace/records';
import type { Seconds } from '../../units';

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
