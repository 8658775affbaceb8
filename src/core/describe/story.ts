import { type Moments, momentsOf } from '../axis/moments';
import type { Lanes } from '../lanes/lanes';
import { shownSteps } from '../lanes/shown-steps';
import { upperBound } from '../sorted';
import { isLongHold } from '../timeline/holds';
import { LoopKind } from '../timeline/loop-entries';
import type { Finding, Tie, TimeGiven } from '../timeline/model';
import { wasOver } from '../words/deadlocks';
import { firstTask } from './story-ends';
import { type Fold, foldsOf } from './story-fold';
import { saysAnything } from './story-output';
import { type Woken, wokenBy, wokenIn } from './woken';

/** The run as sentences, one for each turn that matters. The text of a sentence is made when it is shown. */

export type Sentence =
  | { readonly kind: 'turn'; readonly step: number; readonly entry: number }
  /** The turns `step` … `last` repeat the sentences before them this many times. */
  | {
      readonly kind: 'repeat';
      readonly step: number;
      readonly last: number;
      readonly times: number;
      readonly entry: number;
    }
  | { readonly kind: 'begin'; readonly step: number }
  | { readonly kind: 'deadlock'; readonly step: number; readonly finding: Finding }
  | { readonly kind: 'tie'; readonly step: number; readonly tie: Tie }
  | { readonly kind: 'time-given'; readonly step: number; readonly given: TimeGiven }
  | { readonly kind: 'end'; readonly step: number };

export interface Story {
  readonly count: number;
  /** Turn of each sentence, in order: columns, since a long run has as many sentences as turns. */
  readonly steps: Uint32Array;
  readonly woken: Woken;
  sentence(index: number): Sentence;
  /** The sentence of a turn, or the last one before it; -1 if there is none. */
  at(step: number): number;
}

const known = new WeakMap<Lanes, Story>();

/** Computed on first use; O(n log n) in the number of segments. */
export function storyOf(lanes: Lanes): Story {
  const made = known.get(lanes) ?? tell(lanes);
  known.set(lanes, made);
  return made;
}

function tell(lanes: Lanes): Story {
  const { timeline } = lanes;
  const moments = momentsOf(lanes);
  const woken = wokenBy(timeline);
  const told = new Uint32Array(moments.count);
  let count = 0;
  for (let turn = 0; turn < moments.count; turn++) if (matters(lanes, moments, woken, turn)) told[count++] = turn;
  const turns = told.subarray(0, count);
  const folds = foldsOf(lanes, turns, moments.entry, woken);
  const special = [...specialSentences(lanes), ...folds.map((fold) => repeatOf(turns, fold, moments.entry))].sort(
    (a, b) => a.step - b.step,
  );
  const sentences = merged(withoutFolds(turns, folds), special);
  return {
    count: sentences.length,
    steps: Uint32Array.from(sentences, (at) => (at < 0 ? special[-1 - at].step : at)),
    woken,
    sentence(index) {
      const at = sentences[index];
      return at < 0 ? special[-1 - at] : { kind: 'turn', step: at, entry: moments.entry[at] };
    },
    at(step) {
      return upperBound(this.steps, Math.floor(step), 0, this.count) - 1;
    },
  };
}

function repeatOf(turns: Uint32Array, { from, to, period }: Fold, entry: Int32Array): Sentence {
  const step = turns[from];
  return { kind: 'repeat', step, last: turns[to - 1], times: (to - from) / period, entry: entry[step] };
}

function withoutFolds(turns: Uint32Array, folds: readonly Fold[]): Uint32Array {
  if (folds.length === 0) return turns;
  const kept = new Uint32Array(turns.length);
  let count = 0;
  let next = 0;
  for (const { from, to } of folds) {
    kept.set(turns.subarray(next, from), count);
    count += from - next;
    next = to;
  }
  kept.set(turns.subarray(next), count);
  return kept.subarray(0, count + turns.length - next);
}

/** Turns as they are, special ones as -1, -2, …; all in order. */
function merged(turns: Uint32Array, special: readonly Sentence[]): Int32Array {
  const all = new Int32Array(turns.length + special.length);
  let at = 0;
  let next = 0;
  for (const turn of turns) {
    while (next < special.length && special[next].step < turn) all[at++] = -1 - next++;
    // What the run begins with comes before its first turn.
    while (turn === 0 && next < special.length && special[next].kind === 'begin') all[at++] = -1 - next++;
    all[at++] = turn;
  }
  while (next < special.length) all[at++] = -1 - next++;
  return all;
}

function specialSentences(lanes: Lanes): Sentence[] {
  const { timeline } = lanes;
  // What asyncio does to clean up is not told, and has no place on the axis.
  const last = Math.max(0, shownSteps(lanes) - 1);
  // One that stopped the program is how the record ends.
  const deadlocks = timeline.findings.filter(
    (finding) =>
      !wasOver(timeline, finding) && !(timeline.truncated?.reason === 'deadlock' && finding.end === undefined),
  );
  const within = (step: number) => Math.min(last, Math.max(0, step));
  return [
    ...(timeline.steps > 0 && firstTask(timeline) ? [{ kind: 'begin', step: 0 } as const] : []),
    ...timeline.ties.map((tie) => ({ kind: 'tie', step: within(tie.step), tie }) as const),
    ...timeline.timeGiven.map((given) => ({ kind: 'time-given', step: within(given.step - 1), given }) as const),
    ...deadlocks.map(
      (finding) => ({ kind: 'deadlock', step: Math.min(last, Math.max(0, finding.startStep - 1)), finding }) as const,
    ),
    ...(timeline.steps > 0 ? [{ kind: 'end', step: last } as const] : []),
  ].sort((a, b) => a.step - b.step);
}

/** Whether a turn gets a sentence: steps of user tasks; callbacks that woke a task, printed, took long, or are all there is; idle waits that took time. */
function matters({ loop, library, timeline }: Lanes, { entry }: Moments, woken: Woken, turn: number): boolean {
  const i = entry[turn];
  if (i < 0) return false;
  const { task } = timeline.segments;
  if (loop.kind[i] === LoopKind.step) return !library.has(task[loop.ref[i]]);
  if (loop.kind[i] === LoopKind.idle) return loop.end[i] > loop.start[i];
  return (
    timeline.tasks.length === 0 ||
    wokenIn(woken, turn).some((row) => !library.has(task[row])) ||
    saysAnything(timeline, 0, turn) ||
    isLongHold(timeline, timeline.callbacks[loop.ref[i]])
  );
}
