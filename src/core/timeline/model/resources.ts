import type { ResourceDefinition } from '../../trace/records';

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
