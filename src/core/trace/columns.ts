/** All `STEP` rows as columns, in file order. */
export interface StepColumns {
  readonly count: number;
  /** 0: when the step before it ended. */
  readonly ready: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly task: Uint32Array;
  readonly waker: Uint32Array;
  readonly cause: Uint32Array;
  readonly site: Uint32Array;
  readonly wait: Uint32Array;
  readonly seq: Uint32Array;
  readonly loop: Uint32Array;
}

export type StepColumn = Exclude<keyof StepColumns, 'count'>;

/** Empties columns, whose memory is free at once. */
export function freeColumns(steps: StepColumns, names: readonly StepColumn[]): void {
  for (const name of names) {
    const column = steps[name];
    Object.assign(steps, { [name]: column instanceof Float64Array ? new Float64Array(0) : new Uint32Array(0) });
    freeMemory(column);
  }
}

/** Garbage collection does not see how large a buffer is, and may free it late. Runtimes without `transfer` leave it to that. */
export function freeMemory(column: Float64Array | Uint32Array | Uint8Array): void {
  // It may be free already.
  if (column.length > 0) (column.buffer as { transfer?: (bytes: number) => unknown }).transfer?.(0);
}

/** All `EVNT` rows as columns, in file order. */
export interface EventColumns {
  readonly count: number;
  readonly t0: Float64Array;
  readonly t1: Float64Array;
  readonly kind: Uint32Array;
  readonly seq: Uint32Array;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly c: Uint32Array;
  readonly d: Uint32Array;
  readonly loop: Uint32Array;
}

/** Columns of all `USES` chunks, in file order. */
export interface UseColumns {
  readonly count: number;
  readonly time: Float64Array;
  /** Resource id << 5 + kind. */
  readonly what: Uint32Array;
  readonly value: Uint32Array;
  readonly task: Uint32Array;
  readonly seq: Uint32Array;
  readonly loop: Uint32Array;
}
