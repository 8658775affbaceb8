import type { Seconds } from '../units';

/** One line of numbers. */
export interface StatRow {
  /** What it is about, for people: `fetch()`, a task, a function that awaits. */
  readonly name: string;
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1; null: not known. */
  readonly column: number | null;
  /** How often: waits of a site, runs of a coroutine, steps of a task, requests of a route. */
  readonly count: number;
  /** null: a site does not run. */
  readonly running: Seconds | null;
  /** Ready for its turn; of a site after its waits. */
  readonly ready: Seconds;
  readonly suspended: Seconds;
  /** Of single waits; of a coroutine of its runs from begin to end, of a route of its requests. By nearest rank. */
  readonly p50: Seconds;
  readonly p95: Seconds;
  readonly max: Seconds;
  /** Of all suspended time of the run; of all else of the run's duration. 0 … 1 */
  readonly share: number;
}

/** `request`: requests by their routes, and spans that the program names. */
export const statTables = ['request', 'site', 'coroutine', 'task'] as const;
export type StatTable = (typeof statTables)[number];
