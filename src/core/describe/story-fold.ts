import type { Lanes } from '../lanes/lanes';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import { type Woken, wokenIn } from './woken';

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
  const signs = signsOf(lanes, turns, entry, woken);
  const folds: Fold[] = [];
  let at = 0;
  while (at < signs.length) {
    const fold = foldAt(signs, at);
    if (!fold) at++;
    else {
      folds.push(fold);
      at = fold.to;
    }
  }
  return folds;
}

function foldAt(signs: Int32Array, at: number): Fold | undefined {
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    let end = at + period;
    while (end < signs.length && signs[end] === signs[end - period]) end++;
    const times = Math.floor((end - at) / period);
    if (times >= TOLD + FEWEST) return { from: at + TOLD * period, to: at + times * period, period };
  }
  return undefined;
}

/** Numbers that are the same for turns that do the same: the same task from the same place to the same place, with the same consequences. */
function signsOf(lanes: Lanes, turns: Uint32Array, entry: Int32Array, woken: Woken): Int32Array {
  const { timeline, loop } = lanes;
  const { segments, tasks } = timeline;
  const numbers = new Map<string, number>();
  return Int32Array.from(turns, (turn) => {
    const i = entry[turn];
    const row = loop.ref[i];
    const wakes = [...wokenIn(woken, turn)].map((ready) => segments.task[ready]).join();
    let sign = `${loop.kind[i]} ${wakes}`;
    if (loop.kind[i] === LoopKind.step) {
      const task = tasks[segments.task[row]];
      const next = row + 1 < task.first + task.count ? row + 1 : undefined;
      const stands = next === undefined ? 'end' : `${segments.state[next]} ${segments.site[next]}`;
      const before = row > task.first && segments.state[row - 1] === State.ready ? segments.cause[row - 1] : '';
      sign += ` ${segments.task[row]} ${stands} ${before}`;
    }
    const known = numbers.get(sign) ?? numbers.size + 1;
    numbers.set(sign, known);
    return known;
  });
}
