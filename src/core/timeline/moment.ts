import type { Seconds } from '../units';

export interface Moment {
  readonly time: Seconds;
  readonly step: number;
}

/** From one moment to another. */
export interface Stretch {
  readonly start: Seconds;
  readonly end: Seconds;
  readonly startStep: number;
  readonly endStep: number;
}

/** Moments of rows, told both ways. */
export interface Places {
  readonly time: ArrayLike<number>;
  readonly step: ArrayLike<number>;
}
