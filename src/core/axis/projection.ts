import { firstWhere, lowerBound } from '../sorted';
import type { Moment, Places } from '../timeline/moment';
import type { CssPixels, Seconds } from '../units';
import type { Axis } from './axis';
import { AxisColumnSearch, type ColumnSearch } from './column-search';

/**
 * Maps moments to x positions: the only code that knows which axis is shown. Every moment has a time and a step; the projection takes
 * both and uses the one it needs.
 */
export interface Projection {
  readonly axis: Axis;
  /** X position of a moment, in CSS pixels of the stage. */
  at(time: Seconds, step: number): CssPixels;
  /** First of the sorted rows `from` … `to` (exclusive) at or right of `x`; `to` if there is none. */
  first(places: Places, x: CssPixels, from: number, to: number): number;
  /** A search that is fast for many increasing positions. */
  sweep(places: Places): ColumnSearch;
  /** Inverse of `at`: seconds (also on the squeezed axis), or a step. */
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
    // The result is mostly a few rows on: gallop before bisecting.
    let low = from;
    let reach = 1;
    for (; low + reach < to && values[low + reach] < value; reach *= 2) low += reach;
    return lowerBound(values, value, low, Math.min(to, low + reach));
  }

  sweep({ time, step }: Places): ColumnSearch {
    return new AxisColumnSearch(this.axis.kind === 'steps' ? step : time, this.axis, this.scale, this.offset);
  }

  valueAt(x: CssPixels): number {
    const unit = (x - this.offset) / this.scale;
    return this.axis.squeeze?.time(unit) ?? unit;
  }
}

/** Interpolates between two projections, for the animation from one axis to another. */
export class AxisBlend implements Projection {
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

  /** Both projections are monotonic, so their blend is. */
  first({ time, step }: Places, x: CssPixels, from: number, to: number): number {
    return firstWhere(from, to, (i) => this.at(time[i], step[i]) >= x);
  }

  sweep(places: Places): ColumnSearch {
    return {
      at: (row) => this.at(places.time[row], places.step[row]),
      beyond: (x, from, to) => this.first(places, x, from, to),
    };
  }

  valueAt(x: CssPixels): number {
    return this.to.valueAt(x);
  }
}

/** Fits a whole axis into a width, with `room` CSS pixels free on both sides: the overview's projection. */
export function whole(axis: Axis, width: CssPixels, room: CssPixels): Projection {
  return new AxisProjection(axis, Math.max(1, width - 2 * room) / (axis.length || 1), room);
}

/** A moment in units of an axis. */
export function unitOf({ kind, squeeze }: Axis, { time, step }: Moment): number {
  return kind === 'steps' ? step : (squeeze?.squeezed(time) ?? time);
}
