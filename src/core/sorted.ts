/**
 * Binary search over sorted values. `firstWhere` is the one for all; `lowerBound` and `upperBound` are the same without a call in the loop,
 * for what runs thousands of times in a frame (d3's bisector calls two functions a step).
 */

/** First index in `from … to` (exclusive) whose value is at least `limit`; `to` if there is none. The values do not fall. */
export function lowerBound(values: ArrayLike<number>, limit: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First index in `from … to` (exclusive) whose value is greater than `limit`. */
export function upperBound(values: ArrayLike<number>, limit: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First index in `from … to` (exclusive) for which `holds` is true, and with it for all that follow. */
export function firstWhere(from: number, to: number, holds: (i: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
