import { lowerBound } from '../sorted';
import type { CssPixels } from '../units';
import type { Axis } from './axis';

/** Maps sorted values to x positions, and finds the first one past a given x. */
export interface ColumnSearch {
  at(row: number): CssPixels;
  /** First of the rows `from` … `to` (exclusive) at or right of `x`, in CSS pixels; `to` if there is none. */
  beyond(x: CssPixels, from: number, to: number): number;
}

/** Galloping search on one axis. Pixels of a dense row hold about equally many rows, so it starts one stride after the last result. */
export class AxisColumnSearch implements ColumnSearch {
  #stride = 1;
  readonly #squeeze: Axis['squeeze'];

  constructor(
    /** Sorted values in units of the axis, or in seconds if the axis is squeezed. */
    private readonly values: ArrayLike<number>,
    axis: Axis,
    private readonly scale: number,
    private readonly offset: CssPixels,
  ) {
    this.#squeeze = axis.kind === 'steps' ? undefined : axis.squeeze;
  }

  at(row: number): CssPixels {
    const value = this.values[row];
    return (this.#squeeze === undefined ? value : this.#squeeze.squeezed(value)) * this.scale + this.offset;
  }

  beyond(x: CssPixels, from: number, to: number): number {
    const { values } = this;
    const unit = (x - this.offset) / this.scale;
    const value = this.#squeeze === undefined ? unit : this.#squeeze.time(unit);
    // Invariant: rows before `low` are left of `x`, rows from `high` on are not.
    let low = from;
    let high = to;
    const guess = Math.min(from + this.#stride, to);
    if (guess === from || values[guess - 1] < value) {
      low = guess;
      for (let reach = 1; low < to; reach *= 2) {
        const probe = Math.min(low + reach, to) - 1;
        if (values[probe] >= value) {
          high = probe;
          break;
        }
        low = probe + 1;
      }
    } else {
      high = guess - 1;
      for (let reach = 1; high > from; reach *= 2) {
        const probe = Math.max(high - reach, from);
        if (values[probe] < value) {
          low = probe + 1;
          break;
        }
        high = probe;
      }
    }
    const found = low < high ? lowerBound(values, value, low, high) : high;
    this.#stride = found - from;
    return found;
  }
}
