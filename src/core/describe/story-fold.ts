import type { Lanes } from '../lanes/lanes';
import { TurnDeeds } from './turn-deeds';
import type { Woken } from './woken';

/** Turns that repeat are written out twice and then counted. */

/** A range of turns that repeats the ones before it. */
export interface Fold {
  /** Indices into the list of turns. */
  readonly from: number;
  readonly to: number;
  /** Turns in one repetition. */
  readonly period: number;
}

const LONGEST_PERIOD = 12;
/** Repetitions to tell before the rest is counted. */
const TOLD = 2;
/** Fewer repetitions are written out one by one. */
const FEWEST = 2;

/** @param turns that are told @param entry row of `LoopIndex` of each turn. About 12 comparisons a turn. */
export function foldsOf(lanes: Lanes, turns: Uint32Array, entry: Int32Array, woken: Woken): Fold[] {
  const deeds = new TurnDeeds(lanes, woken, entry);
  const hashes = Int32Array.from(turns, (turn) => deeds.hash(turn));
  const same = (a: number, b: number) => hashes[a] === hashes[b] && deeds.same(turns[a], turns[b]);
  const folds: Fold[] = [];
  let at = 0;
  while (at < turns.length) {
    const fold = foldAt(turns.length, same, at);
    if (!fold) at++;
    else {
      folds.push(fold);
      at = fold.to;
    }
  }
  return folds;
}

function foldAt(count: number, same: (a: number, b: number) => boolean, at: number): Fold | undefined {
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    let end = at + period;
    while (end < count && same(end, end - period)) end++;
    const times = Math.floor((end - at) / period);
    if (times >= TOLD + FEWEST) return { from: at + TOLD * period, to: at + times * period, period };
  }
  return undefined;
}
