import { type Moments, momentsOf } from '../axis/moments';
import type { Lanes } from '../lanes/lanes';
import { lowerBound, upperBound } from '../sorted';
import { LoopKind } from '../timeline/loop-entries';
import { type Finding, State, type Tie, type TimeGiven, type Timeline } from '../timeline/model';
import { wasOver } from '../words/deadlocks';

/** What happened, sentence by sentence: one for each turn of the loop that mattered. The words are made when they are read. */

export type Sentence =
  | { readonly kind: 'turn'; readonly step: number; readonly entry: number }
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
  /** The sentence that tells of a turn: its own, else the last one before it; -1 if there is none. */
  at(step: number): number;
}

/** Rows of ready segments, in the order in which they began. */
export interface Woken {
  readonly rows: Uint32Array;
  readonly turns: Uint32Array;
}

const known = new WeakMap<Lanes, Story>();

/** Made when first asked for; n log n in the segments. */
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
  const special = specialSentences(timeline);
  const sentences = merged(told.subarray(0, count), special);
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

/** Turns as they are, special ones as -1, -2, …; all in order. */
function merged(turns: Uint32Array, special: readonly Sentence[]): Int32Array {
  const all = new Int32Array(turns.length + special.length);
  let at = 0;
  let next = 0;
  for (const turn of turns) {
    while (next < special.length && special[next].step < turn) all[at++] = -1 - next++;
    all[at++] = turn;
  }
  while (next < special.length) all[at++] = -1 - next++;
  return all;
}

function specialSentences(timeline: Timeline): Sentence[] {
  const last = Math.max(0, timeline.steps - 1);
  // One that stopped the program is how the record ends.
  const deadlocks = timeline.findings.filter(
    (finding) =>
      !wasOver(timeline, finding) && !(timeline.truncated?.reason === 'deadlock' && finding.end === undefined),
  );
  const within = (step: number) => Math.min(last, Math.max(0, step));
  return [
    ...timeline.ties.map((tie) => ({ kind: 'tie', step: within(tie.step), tie }) as const),
    ...timeline.timeGiven.map((given) => ({ kind: 'time-given', step: within(given.step - 1), given }) as const),
    ...deadlocks.map(
      (finding) => ({ kind: 'deadlock', step: Math.min(last, Math.max(0, finding.startStep - 1)), finding }) as const,
    ),
    ...(timeline.steps > 0 ? [{ kind: 'end', step: last } as const] : []),
  ].sort((a, b) => a.step - b.step);
}

/** Steps do, but for those of tasks that only a library wanted; a callback if it woke somebody, or where callbacks are all there is; an idle wait if it took time. */
function matters({ loop, library, timeline }: Lanes, { entry }: Moments, woken: Woken, turn: number): boolean {
  const i = entry[turn];
  if (i < 0) return false;
  const { task } = timeline.segments;
  if (loop.kind[i] === LoopKind.step) return !library.has(task[loop.ref[i]]);
  if (loop.kind[i] === LoopKind.idle) return loop.end[i] > loop.start[i];
  return timeline.tasks.length === 0 || wokenIn(woken, turn).some((row) => !library.has(task[row]));
}

/** Rows of ready segments that began in a turn. */
export function wokenIn({ rows, turns }: Woken, turn: number): Uint32Array {
  const from = lowerBound(turns, turn, 0, turns.length);
  return rows.subarray(from, upperBound(turns, turn, from, turns.length));
}

function wokenBy({ segments }: Timeline): Woken {
  const found: number[] = [];
  for (let i = 0; i < segments.count; i++)
    if (segments.state[i] === State.ready && segments.startStep[i] > 0) found.push(i);
  const rows = Uint32Array.from(found).sort((a, b) => segments.startStep[a] - segments.startStep[b] || a - b);
  return { rows, turns: rows.map((row) => segments.startStep[row] - 1) };
}
