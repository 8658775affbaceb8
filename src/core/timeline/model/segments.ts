/** What a task is doing. Also the numbers in `Segments.state`. */
export const State = { ready: 0, running: 1, suspended: 2 } as const;
export type StateName = keyof typeof State;
export const stateNames = ['ready', 'running', 'suspended'] as const satisfies readonly StateName[];

/** `Segments.state` of a row that belongs to no task; its times mean nothing. */
export const NOBODY = 3;

/** Bits of `Segments.flags`. */
export const Flag = {
  /** The first step of an eager task, nested in its parent's running segment. */
  eager: 1,
  /** On the virtual clock: this step burned CPU, and its length is what it really took. */
  measured: 2,
  /** The recording stopped inside this segment: its end is the last moment known. */
  open: 4,
} as const;

/** All segments of all tasks, as columns: row i is one segment. Grouped by task, in time order within a task. Rows between tasks may be nobody's. */
export interface Segments {
  readonly count: number;
  /** Index into `Timeline.tasks`. */
  readonly task: Uint32Array;
  readonly state: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** suspended: innermost place of the await chain · ready: where the waker stood · running: 0. */
  readonly site: Uint32Array;
  /** suspended: index into `Timeline.waits` · ready: task id of the waker, 0 none · running: 0, or for an eager step its parent's task id. */
  readonly about: Uint32Array;
  /** ready: index into `causeKinds`; otherwise 0. */
  readonly cause: Uint8Array;
  readonly flags: Uint8Array;
  /** Places on the *steps* axis, where every event is one unit wide: positions of start and end. */
  readonly startStep: Uint32Array;
  readonly endStep: Uint32Array;
}
