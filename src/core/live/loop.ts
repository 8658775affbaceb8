import { LoopKind, loopColumns, putEntry } from '../layout-loop';
import type { Timeline } from '../model';
import { Growing } from './growing';
import type { LiveSegments } from './segments';

export interface Entry {
  readonly kind: number;
  /** As in `LoopIndex.ref`. */
  readonly ref: number;
}

interface Place {
  readonly start: number;
  readonly startStep: number;
  readonly endStep: number;
}

/** By their places: those of loops in several threads are known later than they began. */
function inOrder(a: Place, b: Place): number {
  return a.startStep - b.startStep || a.start - b.start || b.endStep - a.endStep;
}

/** What the loop did, while it goes on. */
export class LiveLoop {
  readonly #growing = new Growing(loopColumns(64));
  readonly index = { count: 0, ...this.#growing.columns };
  /** The first entry that was written last. */
  fresh = 0;

  constructor(
    private readonly timeline: () => Timeline,
    private readonly segments: LiveSegments,
  ) {}

  /** Adds what ended just now. A step may have begun before what is known already: a first step of an eager task inside of it. */
  append(entries: Entry[]): void {
    const { index, segments } = this;
    const all = entries.map((entry) => ({ ...entry, ...this.#placeOf(entry) }));
    all.sort(inOrder);
    while (index.count > 0 && all.length > 0) {
      const at = index.count - 1;
      const entry = { kind: index.kind[at], ref: index.ref[at] };
      const last = { ...entry, ...this.#placeOf(entry) };
      if (inOrder(last, all[0]) <= 0) break;
      index.count--;
      all.push(last);
      all.sort(inOrder);
    }
    this.fresh = index.count;
    this.#growing.reserve(index.count + all.length);
    Object.assign(index, this.#growing.columns);
    let task = this.#lastTask();
    for (const { kind, ref } of all) {
      const at = index.count++;
      for (const columns of this.#growing.targets) putEntry(columns, at, this.timeline(), kind, ref, task);
      if (kind !== LoopKind.step) continue;
      for (const { entry } of segments.targets) entry[ref] = at;
      task = segments.columns.task[ref];
    }
  }

  /** Rows of segments went to another place. */
  moved(from: number, count: number, to: number): void {
    const { state, entry } = this.segments.columns;
    for (let i = 0; i < count; i++) {
      const at = entry[to + i];
      if (state[to + i] === 1 && at < this.index.count && this.index.ref[at] === from + i)
        for (const { ref } of this.#growing.targets) ref[at] = to + i;
    }
  }

  #placeOf({ kind, ref }: Entry): Place {
    if (kind === LoopKind.callback) return this.timeline().callbacks[ref];
    if (kind === LoopKind.idle) return this.timeline().idle[ref];
    const { start, startStep, endStep } = this.segments.columns;
    return { start: start[ref], startStep: startStep[ref], endStep: endStep[ref] };
  }

  #lastTask(): number {
    for (let at = this.index.count - 1; at >= 0; at--)
      if (this.index.kind[at] === LoopKind.step) return this.segments.columns.task[this.index.ref[at]];
    return -1;
  }
}
