import type { Seconds } from '../../units';

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
