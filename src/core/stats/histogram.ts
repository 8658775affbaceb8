import type { Seconds } from '../units';

/** How many waits were how long. */
export interface Bin {
  /** From here on. */
  readonly from: Seconds;
  /** Up to here, without it; the last one with it. */
  readonly to: Seconds;
  readonly count: number;
}

/** Bounds of each power of ten: 1, 2, 5. Waits differ by orders of magnitude, so bins of one width would show one bar. */
const STEPS = [1, 2, 5];
/** Shorter waits than this fall into the first bin: clocks tell no finer. */
const LEAST: Seconds = 1e-6;
/** More bars than this tell no more: then each stands for a whole power of ten. */
const MOST = 16;

/** @param times in ascending order @returns without empty bins at both ends; none for no times */
export function histogram(times: ArrayLike<Seconds>): Bin[] {
  if (times.length === 0) return [];
  const [least, most] = [times[0], times[times.length - 1]];
  const fine = bounds(least, most, STEPS);
  const edges = fine.length - 1 > MOST ? bounds(least, most, [1]) : fine;
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (let i = 0; i < times.length; i++) {
    while (bin < counts.length - 1 && times[i] >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return counts.map((count, i) => ({ from: edges[i], to: edges[i + 1], count }));
}

/** From the last bound that is not above `least` to the first that is above `most`. */
function bounds(least: Seconds, most: Seconds, steps: readonly number[]): Seconds[] {
  const found: Seconds[] = [];
  const lowest = Math.floor(Math.log10(Math.max(least, LEAST)) + 1e-9);
  for (let power = lowest; ; power++) {
    for (const step of steps) {
      // 5e-1, not 5 * 0.1: powers of ten are not exact.
      const bound = Number(`${step}e${power}`);
      if (bound <= least || found.length === 0) found.splice(0, found.length, least < LEAST ? 0 : bound);
      else found.push(bound);
      if (bound > most) return found.length > 1 ? found : [...found, bound];
    }
  }
}
