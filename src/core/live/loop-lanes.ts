import { type LoopIndex, type LoopLane, loopLanes } from '../timeline/loop-entries';
import type { EventLoop } from '../timeline/model';
import { Growing } from './growing-columns';

const NO_ENTRIES: LoopIndex = {
  count: 0,
  loop: new Uint32Array(),
  kind: new Uint8Array(),
  ref: new Uint32Array(),
  start: new Float64Array(),
  end: new Float64Array(),
  startStep: new Uint32Array(),
  endStep: new Uint32Array(),
  nested: new Uint8Array(),
  run: new Uint32Array(),
};

function columnsFor(length: number) {
  return {
    entries: new Uint32Array(length),
    start: new Float64Array(length),
    end: new Float64Array(length),
    startStep: new Uint32Array(length),
    endStep: new Uint32Array(length),
  };
}

/** The entries of one thread's loops. */
class LiveLane {
  readonly #growing = new Growing(columnsFor(64));
  #count = 0;

  add(index: LoopIndex, entry: number): void {
    const at = this.#count++;
    this.#growing.reserve(this.#count);
    for (const columns of this.#growing.targets) {
      columns.entries[at] = entry;
      columns.start[at] = index.start[entry];
      columns.end[at] = index.end[entry];
      columns.startStep[at] = index.startStep[entry];
      columns.endStep[at] = index.endStep[entry];
    }
  }

  /** Removes the entries from this one on. */
  cut(entry: number): void {
    const { entries } = this.#growing.columns;
    while (this.#count > 0 && entries[this.#count - 1] >= entry) this.#count--;
  }

  get columns(): ReturnType<typeof columnsFor> {
    const { entries, start, end, startStep, endStep } = this.#growing.columns;
    const to = this.#count;
    return {
      entries: entries.subarray(0, to),
      start: start.subarray(0, to),
      end: end.subarray(0, to),
      startStep: startStep.subarray(0, to),
      endStep: endStep.subarray(0, to),
    };
  }
}

/** The lanes of loops while they go on: one for all, or one for each thread as soon as there are several. */
export class LiveLoopLanes {
  #loops: readonly EventLoop[] | undefined;
  #shapes: readonly LoopLane[] = [];
  #lanes: readonly LiveLane[] = [];
  /** Loop id → its lane. */
  #laneOf = new Map<number, LiveLane>();
  #count = 0;

  /** @param fresh the first entry that is new, or another one than before. */
  of(loops: readonly EventLoop[], index: LoopIndex, fresh: number): LoopLane[] {
    if (loops !== this.#loops) this.#begin(loops);
    if (this.#shapes.length === 1) {
      const { start, end, startStep, endStep } = index;
      return [{ ...this.#shapes[0], start, end, startStep, endStep }];
    }
    const from = Math.min(fresh, this.#count);
    for (const lane of this.#lanes) lane.cut(from);
    for (let entry = from; entry < index.count; entry++) this.#laneOf.get(index.loop[entry])?.add(index, entry);
    this.#count = index.count;
    return this.#shapes.map((shape, i) => ({ ...shape, ...this.#lanes[i].columns }));
  }

  #begin(loops: readonly EventLoop[]): void {
    this.#loops = loops;
    this.#shapes = loopLanes({ loops }, NO_ENTRIES);
    this.#lanes = this.#shapes.map(() => new LiveLane());
    this.#laneOf = new Map();
    this.#count = 0;
    this.#shapes.forEach(({ thread }, i) => {
      for (const { id, thread: own } of loops) if (own === thread) this.#laneOf.set(id, this.#lanes[i]);
    });
  }
}
