import type { Seconds } from '../units';

/** What every finding has. */
export interface Common {
  readonly severity: 'error' | 'warning' | 'info';
  /** Task id, 0 none. */
  readonly task: number;
  /** Row of `Segments` that shows it best. */
  readonly segment: number | undefined;
  /** Where it is (site id, 0 unknown). */
  readonly site: number;
  readonly start: Seconds;
  readonly startStep: number;
  readonly end: Seconds | undefined;
  /** Time that it cost, of all whom it cost any; 0: none that could be told. */
  readonly cost: Seconds;
  /** How often it happened at this place. */
  readonly times: number;
}

/** A finding for people. Empty parts have nothing to tell. */
export interface ProblemWords {
  /** What is wrong, in one sentence. */
  readonly title: string;
  readonly why: string;
  /** What to write instead. */
  readonly advice: string;
}
