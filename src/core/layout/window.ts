import type { Projection } from '../axis/projection';
import type { Ghost } from '../compare/ghost';
import { isOpen } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import { type Filter, passes } from '../rows/filter';
import type { Places } from '../timeline/moment';
import type { CssPixels } from '../units';
import type { Boxes, RowWriter } from './boxes';

/** What every kind of row needs to find its boxes: the stretch in view, and how to pass over what no pixel can show. */

export interface RowContext {
  readonly lanes: Lanes;
  readonly projection: Projection;
  readonly width: CssPixels;
  readonly boxes: Boxes;
  /** Segments that it leaves out are faint. */
  readonly filter?: Filter;
  /** The run that this one is compared with. */
  readonly ghost?: Ghost;
}

/** Whether a filter leaves a segment as it is. */
export function shown({ filter, lanes }: RowContext, segment: number): boolean {
  return filter === undefined || passes(filter, lanes, segment);
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
/** The same where what has been seen cannot be outdone by what is left. */
export const DECIDED = 3;

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

/** The last of a task's rows may be open: it is drawn to the horizon, not to where the record of it ends. */
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

/** The first row of a task that reaches into the stage. */
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
