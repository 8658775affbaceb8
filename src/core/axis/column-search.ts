import { lowerBound } from '../sorted';
import type { CssPixels } from '../units';
import type { Axis } from './axis';

/** From left to right over rows that stand in order: where each is, and which is the first beyond a pixel. */
export interface Sweep {
  at(row: number): CssPixels;
  /** First of the rows `from` … `to` (exclusive) that stands at `x` or right of it; `to` if none does. */
  beyond(x: CssPixels, from: number, to: number): number;
}

/** On one axis. Pixels of a dense row hold about as many rows each: what is looked for is where the last was found, or near. */
export class AxisSweep implements Sweep {
  #stride = 1;
  readonly #squeeze: Axis['squeeze'];

  constructor(
    /** Moments of the rows in units of the axis, or what is squeezed to these. */
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
    // What is before `low` stands left of `x`, what is at `high` and after it does not.
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
