import type { Lanes } from './lanes';
import type { Boxes, RowWriter } from './layout-boxes';
import type { CssPixels } from './units';

/** What every kind of row needs to find its boxes: the axis, the stretch in view, and how to pass over what no pixel can show. */

export type AxisKind = 'time' | 'steps';

/** Value on the axis → pixel of the stage: `value * scale + offset`. */
export interface Projection {
  readonly axis: AxisKind;
  readonly scale: number;
  readonly offset: CssPixels;
}

export interface RowContext {
  readonly lanes: Lanes;
  readonly projection: Projection;
  readonly width: CssPixels;
  readonly boxes: Boxes;
}

export interface Window {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  /** Values on the axis at the stage's edges. */
  readonly low: number;
  readonly high: number;
}

export function windowOf(
  { projection, width }: RowContext,
  columns: {
    start: ArrayLike<number>;
    end: ArrayLike<number>;
    startStep: ArrayLike<number>;
    endStep: ArrayLike<number>;
  },
): Window {
  const time = projection.axis === 'time';
  const { scale, offset } = projection;
  return {
    starts: time ? columns.start : columns.startStep,
    ends: time ? columns.end : columns.endStep,
    low: (-4 - offset) / scale,
    high: (width + 4 - offset) / scale,
  };
}

/** Beyond so many segments in one pixel the rest of that pixel is looked up, not walked through. */
export const WALK = 24;

/**
 * Passes over what lies in the pixel that is being collected. The last one that begins in it may reach far beyond it,
 * so that one is looked at again.
 * @param beyond the first that begins behind the pixel. @returns the last that was dealt with.
 */
export function passOver(writer: RowWriter, i: number, beyond: number): number {
  const last = beyond - 1;
  if (last <= i + 1) return i;
  writer.skip(last - i - 1);
  return last - 1;
}

/** Segments as they are drawn: open ones reach to the horizon. */
export function drawn({ lanes: { timeline, horizon } }: RowContext) {
  const { start, startStep } = timeline.segments;
  return { start, startStep, end: horizon.end, endStep: horizon.endStep };
}
