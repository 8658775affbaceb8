import type { Lanes } from './lanes';
import type { Boxes, RowWriter } from './layout-boxes';
import type { Places, Projection } from './projection';
import type { CssPixels } from './units';

/** What every kind of row needs to find its boxes: the stretch in view, and how to pass over what no pixel can show. */

export interface RowContext {
  readonly lanes: Lanes;
  readonly projection: Projection;
  readonly width: CssPixels;
  readonly boxes: Boxes;
}

/** Boxes are looked for a little beyond the stage: ticks are wider than their moment. */
const BESIDE: CssPixels = 4;

export interface Window {
  readonly starts: Places;
  readonly ends: Places;
  readonly left: CssPixels;
  readonly right: CssPixels;
}

export function windowOf({ width }: Pick<RowContext, 'width'>, columns: Stretches): Window {
  const { start, end, startStep, endStep } = columns;
  return {
    starts: { time: start, step: startStep },
    ends: { time: end, step: endStep },
    left: -BESIDE,
    right: width + BESIDE,
  };
}

interface Stretches {
  readonly start: ArrayLike<number>;
  readonly end: ArrayLike<number>;
  readonly startStep: ArrayLike<number>;
  readonly endStep: ArrayLike<number>;
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
export function drawn({ lanes: { timeline, horizon } }: RowContext): Stretches {
  const { start, startStep } = timeline.segments;
  return { start, startStep, end: horizon.end, endStep: horizon.endStep };
}
