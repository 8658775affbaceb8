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
