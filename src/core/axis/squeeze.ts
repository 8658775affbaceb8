import { firstWhere, upperBound } from '../sorted';
import type { Seconds } from '../units';

/** A long stretch of time in which nothing ran and no task was ready. It is drawn narrow. */
export interface Fold {
  readonly start: Seconds;
  readonly end: Seconds;
}

/** Maps time to squeezed time and back: monotonic, piecewise linear, and unchanged outside of the gaps. */
export interface Squeeze {
  /** In time order, not touching one another. */
  readonly folds: readonly Fold[];
  /** Total length in squeezed seconds. */
  readonly length: Seconds;
  squeezed(time: Seconds): Seconds;
  /** The inverse. */
  time(squeezed: Seconds): Seconds;
}

/** All folds together take at most this share of what is not folded. */
const SHARE = 0.5;
/** Gaps that would become less than this much shorter are not folded. */
const WORTH = 1.5;
/** Differences below this share of the duration are rounding errors. */
const ROUNDING = 1e-12;
/** Only the longest gaps are folded: more could not be told apart, and would cost memory. */
const MOST_FOLDS = 20_000;

/**
 * @param gaps in time order, not overlapping.
 * @param duration where the record ends. @param horizon up to where open segments are drawn, as much longer squeezed as in time.
 */
export function squeeze(gaps: readonly Fold[], duration: Seconds, horizon: Seconds): Squeeze {
  const { width, least } = foldWidth(gaps, duration);
  const folds = gaps.filter(({ start, end }) => end - start >= least);
  const knots = new Float64Array(2 * folds.length + 3);
  const places = new Float64Array(knots.length);
  let at = 0;
  const go = (time: Seconds, squeezed?: Seconds) => {
    at++;
    knots[at] = time;
    places[at] = places[at - 1] + (squeezed ?? time - knots[at - 1]);
  };
  for (const { start, end } of folds) {
    go(start);
    go(end, width);
  }
  go(duration);
  // How long open segments would last is unknown: give them the same share of the axis as in real time.
  const beyond = Math.max(0, horizon - duration);
  go(duration + beyond, duration > 0 ? (places[at] * beyond) / duration : beyond);
  const forth = new Pieces(knots, places);
  const back = new Pieces(places, knots);
  return { folds, length: places[at], squeezed: (time) => forth.at(time), time: (squeezed) => back.at(squeezed) };
}

/** Width of a fold, so that all folds together take their share. If there is nothing but gaps: the length of the shortest. */
function foldWidth(gaps: readonly Fold[], duration: Seconds): { readonly width: Seconds; readonly least: Seconds } {
  const lengths = Float64Array.from(gaps, ({ start, end }) => end - start)
    .filter((length) => length > duration * ROUNDING)
    .sort()
    .reverse();
  const busy = duration - lengths.reduce((sum, length) => sum + length, 0);
  if (busy <= duration * ROUNDING) {
    // On the virtual clock, where work takes no time.
    const width = lengths.at(-1) ?? 0;
    return { width, least: Math.max(WORTH * width, lengths.at(MOST_FOLDS) ?? 0) };
  }
  let found = { width: 0, least: Number.POSITIVE_INFINITY };
  let left = duration;
  for (let i = 0; i < Math.min(lengths.length, MOST_FOLDS); i++) {
    left -= lengths[i];
    const width = (left * SHARE) / (i + 1);
    if (lengths[i] > WORTH * width) found = { width, least: lengths[i] };
  }
  return found;
}

/** A monotonic polyline, extended at both ends with their slopes. Fast for positions that are asked for in order. */
class Pieces {
  #last = 0;

  constructor(
    private readonly from: Float64Array,
    private readonly to: Float64Array,
  ) {}

  at(value: number): number {
    const { from, to } = this;
    let i = this.#last;
    if (value < from[i] || value > from[i + 1]) {
      i = Math.min(Math.max(upperBound(from, value, 0, from.length) - 1, 0), from.length - 2);
      this.#last = i;
    }
    const length = from[i + 1] - from[i];
    const other = to[i + 1] - to[i];
    if (length === other || length === 0) return to[i] + (value - from[i]);
    return to[i] + ((value - from[i]) / length) * other;
  }
}

/** Index of the first fold that ends after a time. */
export function foldAfter(folds: readonly Fold[], time: Seconds): number {
  return firstWhere(0, folds.length, (i) => folds[i].end > time);
}

/** The fold that contains a time, ends excluded. */
export function foldAt(folds: readonly Fold[], time: Seconds): Fold | undefined {
  const fold = folds[foldAfter(folds, time)];
  return fold && fold.start < time ? fold : undefined;
}

/**
 * The stretches of `0 … duration` in which nothing is busy.
 * @param starts and `ends` of busy stretches, each in any order; both arrays are sorted in place. A stretch of no length splits a gap.
 */
export function gapsBetween(starts: Float64Array, ends: Float64Array, duration: Seconds): Fold[] {
  starts.sort();
  ends.sort();
  const gaps: Fold[] = [];
  let from = 0;
  let ended = 0;
  for (let begun = 0; begun < starts.length; begun++) {
    while (ends[ended] < starts[begun]) from = Math.max(from, ends[ended++]);
    if (ended === begun && starts[begun] > from) gaps.push({ start: from, end: starts[begun] });
    from = Math.max(from, starts[begun]);
  }
  const last = Math.max(0, ends.at(-1) ?? 0);
  if (last < duration) gaps.push({ start: last, end: duration });
  return gaps;
}
