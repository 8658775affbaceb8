import { lowerBound } from '../sorted';
import type { Moment, Places } from '../timeline/moment';
import type { CssPixels, Seconds } from '../units';
import type { Axis } from './axis';
import { AxisSweep, type Sweep } from './column-search';

/**
 * Where things stand from left to right: the one place that knows the axis. Everything recorded has a time and a place among the steps;
 * the projection takes both and uses what it needs.
 */
export interface Projection {
  readonly axis: Axis;
  /** Pixel of a moment. */
  at(time: Seconds, step: number): CssPixels;
  /** First of the rows `from` … `to` (exclusive) that stands at `x` or right of it; `to` if none does. The rows are in order. */
  first(places: Places, x: CssPixels, from: number, to: number): number;
  /** For many rows, one after another. */
  sweep(places: Places): Sweep;
  /** What is at a pixel: seconds (also where time is squeezed), or a place among the steps. */
  valueAt(x: CssPixels): number;
}

/** Unit of the axis → pixel of the stage: `unit * scale + offset`. */
export class AxisProjection implements Projection {
  constructor(
    readonly axis: Axis,
    private readonly scale: number,
    private readonly offset: CssPixels,
  ) {}

  at(time: Seconds, step: number): CssPixels {
    const { kind, squeeze } = this.axis;
    const unit = kind === 'steps' ? step : squeeze === undefined ? time : squeeze.squeezed(time);
    return unit * this.scale + this.offset;
  }

  first(places: Places, x: CssPixels, from: number, to: number): number {
    const values = this.axis.kind === 'steps' ? places.step : places.time;
    const value = this.valueAt(x);
    // What is looked for is mostly near: the next box, a few rows on.
    let low = from;
    let reach = 1;
    for (; low + reach < to && values[low + reach] < value; reach *= 2) low += reach;
    return lowerBound(values, value, low, Math.min(to, low + reach));
  }

  sweep({ time, step }: Places): Sweep {
    return new AxisSweep(this.axis.kind === 'steps' ? step : time, this.axis, this.scale, this.offset);
  }

  valueAt(x: CssPixels): number {
    const unit = (x - this.offset) / this.scale;
    return this.axis.squeeze?.time(unit) ?? unit;
  }
}

/** Between two axes, while the picture goes from one to the other: each moment on its straight way. */
export class Passage implements Projection {
  constructor(
    private readonly from: Projection,
    private readonly to: Projection,
    /** 0 … 1 */
    private readonly share: number,
  ) {}

  get axis(): Axis {
    return this.to.axis;
  }

  at(time: Seconds, step: number): CssPixels {
    const { from, to, share } = this;
    return from.at(time, step) * (1 - share) + to.at(time, step) * share;
  }

  /** Both axes keep the order, so their mean does. */
  first({ time, step }: Places, x: CssPixels, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(time[middle], step[middle]) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  sweep(places: Places): Sweep {
    return {
      at: (row) => this.at(places.time[row], places.step[row]),
      beyond: (x, from, to) => this.first(places, x, from, to),
    };
  }

  valueAt(x: CssPixels): number {
    return this.to.valueAt(x);
  }
}

/** The whole of an axis on a width, with room on both sides: what an overview shows. */
export function whole(axis: Axis, width: CssPixels, room: CssPixels): Projection {
  return new AxisProjection(axis, Math.max(1, width - 2 * room) / (axis.length || 1), room);
}

/** A moment in units of an axis. */
export function unitOf({ kind, squeeze }: Axis, { time, step }: Moment): number {
  return kind === 'steps' ? step : (squeeze?.squeezed(time) ?? time);
}
