import type { Projection } from '../axis/projection';
import type { Ghost } from '../compare/ghost';
import { isOpen } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import { type Filter, passes } from '../rows/filter';
import type { Places } from '../timeline/moment';
import type { CssPixels } from '../units';
import type { Boxes, RowWriter } from './boxes';

/** What every kind of row needs to find its boxes: the range in view, and how to skip what is below a pixel. */

export interface RowContext {
  readonly lanes: Lanes;
  readonly projection: Projection;
  readonly width: CssPixels;
  readonly boxes: Boxes;
  /** Segments that do not match it are drawn faint. */
  readonly filter?: Filter;
  /** The run that this one is compared with. */
  readonly ghost?: Ghost;
}

/** Whether a segment matches the filter. */
export function shown({ filter, lanes }: RowContext, segment: number): boolean {
  return filter === undefined || passes(filter, lanes, segment);
}

/** How far outside of the stage boxes are searched for: ticks are wider than their moment. */
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

/** After this many segments in one pixel, jump to the end of the pixel by binary search. */
export const WALK = 24;
/** The same if no later segment can have a higher priority. */
export const DECIDED = 3;

/**
 * Skips the segments in the pixel that is being collected. The last one may extend far beyond it,
 * so that one is looked at again.
 * @param beyond the first that begins after the pixel @returns the last one that was handled
 */
export function passOver(writer: RowWriter, i: number, beyond: number): number {
  const last = beyond - 1;
  if (last <= i + 1) return i;
  writer.skip(last - i - 1);
  return last - 1;
}

/** Rows of a task. The last one may be open: it is drawn up to the horizon, not to the end of the record. */
export interface Rows {
  readonly first: number;
  readonly to: number;
  /** -1: none is. */
  readonly open: number;
}

export function rowsOfTask({ timeline }: Lanes, index: number): Rows {
  const { first, count } = timeline.tasks[index];
  const last = first + count - 1;
  return { first, to: first + count, open: count > 0 && isOpen(timeline.segments, last) ? last : -1 };
}

/** The first row of a task that is in view. */
export function firstInView({ projection }: RowContext, { ends, left }: Window, { first, to, open }: Rows): number {
  const found = projection.first(ends, left, first, to);
  return found === to && open >= 0 ? open : found;
}

/** Right edge of a row. */
export function rightOf(
  { projection, lanes: { horizon } }: RowContext,
  { ends }: Window,
  { open }: Rows,
  row: number,
): CssPixels {
  return row === open ? projection.at(horizon.time, horizon.steps) : projection.at(ends.time[row], ends.step[row]);
}
