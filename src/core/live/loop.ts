import { LoopKind, loopColumns, putEntry } from '../timeline/loop-entries';
import { State, type Timeline } from '../timeline/model';
import type { Entries } from './batch-entries';
import { Growing } from './growing-columns';
import type { LiveSegments } from './segments';

/** What the loop has done so far, while the run continues. */
export class LiveLoop {
  readonly #growing = new Growing(loopColumns(64));
  readonly index = { count: 0, ...this.#growing.columns };
  /** The first entry that was written last. */
  fresh = 0;

  constructor(
    private readonly timeline: () => Timeline,
    private readonly segments: LiveSegments,
  ) {}

  /** Adds entries that have ended. A step may have begun before known entries: the first steps of eager tasks inside of it. */
  append(added: Entries): void {
    const { index, segments } = this;
    let order = added.inOrder();
    for (let at = index.count - 1; at >= 0 && added.count > 0 && added.isBefore(order[0], index, at); at--) {
      index.count--;
      added.add(index.kind[at], index.ref[at], index.start[at], index.startStep[at], index.endStep[at]);
      order = added.inOrder();
    }
    this.fresh = index.count;
    this.#growing.reserve(index.count + added.count);
    Object.assign(index, this.#growing.columns);
    const timeline = this.timeline();
    let task = this.#lastTask();
    for (const i of order) {
      const kind = added.kind[i];
      const ref = added.ref[i];
      const at = index.count++;
      for (const columns of this.#growing.targets) putEntry(columns, at, timeline, kind, ref, task);
      if (kind !== LoopKind.step) continue;
      for (const { entry } of segments.targets) entry[ref] = at;
      task = segments.columns.task[ref];
    }
  }

  /** Rows of segments went to another place. */
  moved(from: number, count: number, to: number): void {
    const { state, entry } = this.segments.columns;
    const { index } = this;
    for (let i = 0; i < count; i++) {
      const at = entry[to + i];
      // A row that was not entered yet may name any entry; callbacks have references of their own.
      if (
        state[to + i] === State.running &&
        at < index.count &&
        index.kind[at] === LoopKind.step &&
        index.ref[at] === from + i
      )
        for (const { ref } of this.#growing.targets) ref[at] = to + i;
    }
  }

  #lastTask(): number {
    for (let at = this.index.count - 1; at >= 0; at--)
      if (this.index.kind[at] === LoopKind.step) return this.segments.columns.task[this.index.ref[at]];
    return -1;
  }
}
