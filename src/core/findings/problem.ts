import type { Seconds } from '../units';

/** Properties of every finding. */
export interface Common {
  readonly severity: 'error' | 'warning' | 'info';
  /** Task id, 0 none. */
  readonly task: number;
  /** Row of `Segments` to select when the finding is shown; undefined: none. */
  readonly segment: number | undefined;
  /** Where it is (site id, 0 unknown). */
  readonly site: number;
  readonly start: Seconds;
  readonly startStep: number;
  readonly end: Seconds | undefined;
  /** Seconds lost because of it, of all tasks together; 0: none, or unknown. */
  readonly cost: Seconds;
  /** How often it happened at this place. */
  readonly times: number;
}

/** A finding in words. Parts may be empty. */
export interface ProblemWords {
  /** What is wrong, in one sentence. */
  readonly title: string;
  readonly why: string;
  /** What to write instead. */
  readonly advice: string;
}
