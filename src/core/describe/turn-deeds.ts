import type { Lanes } from '../lanes/lanes';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import type { Woken } from './woken';

/** In the place of a state or a cause: there is none. */
const NONE = 255;

/** Compares what turns do: which task runs, made ready by what, from where to where, and which tasks the turn wakes. */
export class TurnDeeds {
  /** Of each turn, where what it wakes begins in `Woken.rows`; of the next turn, where that ends. */
  readonly #wakes: Uint32Array;

  constructor(
    private readonly lanes: Lanes,
    private readonly woken: Woken,
    /** Row of `LoopIndex` of each turn. */
    private readonly entry: Int32Array,
  ) {
    const { turns } = woken;
    this.#wakes = new Uint32Array(lanes.timeline.steps + 1);
    for (let turn = 0, at = 0; turn < this.#wakes.length; turn++) {
      while (at < turns.length && turns[at] < turn) at++;
      this.#wakes[turn] = at;
    }
  }

  /** The same number for turns that do the same; seldom for others. */
  hash(turn: number): number {
    const entry = this.entry[turn];
    let hash = this.lanes.loop.kind[entry];
    for (let at = this.#wakes[turn]; at < this.#wakes[turn + 1]; at++) hash = mixed(hash, this.#woken(at));
    if (this.lanes.loop.kind[entry] !== LoopKind.step) return hash;
    const row = this.lanes.loop.ref[entry];
    const next = this.#after(row);
    hash = mixed(hash, this.lanes.timeline.segments.task[row]);
    hash = mixed(hash, this.#stateOf(next));
    hash = mixed(hash, this.#siteOf(next));
    return mixed(hash, this.#causeBefore(row));
  }

  same(a: number, b: number): boolean {
    const [one, other] = [this.entry[a], this.entry[b]];
    const { loop, timeline } = this.lanes;
    if (loop.kind[one] !== loop.kind[other]) return false;
    if (loop.kind[one] === LoopKind.step) {
      const [row, its] = [loop.ref[one], loop.ref[other]];
      if (timeline.segments.task[row] !== timeline.segments.task[its]) return false;
      const [next, then] = [this.#after(row), this.#after(its)];
      if (this.#stateOf(next) !== this.#stateOf(then) || this.#siteOf(next) !== this.#siteOf(then)) return false;
      if (this.#causeBefore(row) !== this.#causeBefore(its)) return false;
    }
    return this.#wakeTheSame(a, b);
  }

  #wakeTheSame(a: number, b: number): boolean {
    const count = this.#wakes[a + 1] - this.#wakes[a];
    if (this.#wakes[b + 1] - this.#wakes[b] !== count) return false;
    for (let i = 0; i < count; i++)
      if (this.#woken(this.#wakes[a] + i) !== this.#woken(this.#wakes[b] + i)) return false;
    return true;
  }

  /** Index of the task that is woken. */
  #woken(at: number): number {
    return this.lanes.timeline.segments.task[this.woken.rows[at]];
  }

  /** The row after this one, of the same task; -1: its last step. */
  #after(row: number): number {
    const { segments, tasks } = this.lanes.timeline;
    const task = tasks[segments.task[row]];
    return row + 1 < task.first + task.count ? row + 1 : -1;
  }

  #stateOf(row: number): number {
    return row < 0 ? NONE : this.lanes.timeline.segments.state[row];
  }

  #siteOf(row: number): number {
    return row < 0 ? 0 : this.lanes.timeline.segments.site[row];
  }

  #causeBefore(row: number): number {
    const { segments, tasks } = this.lanes.timeline;
    const first = tasks[segments.task[row]].first;
    return row > first && segments.state[row - 1] === State.ready ? segments.cause[row - 1] : NONE;
  }
}

/** As in MurmurHash3: a change of any bit of `value` changes the low bits too. */
function mixed(hash: number, value: number): number {
  const k = Math.imul(value, 0xcc9e2d51);
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const sum = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  return sum ^ (sum >>> 15);
}
