import type { Segments } from '../timeline/model';
import type { SegmentSink } from '../timeline/segment-passes';
import { Growing } from './growing-columns';
import { RowAllocator } from './row-allocator';

type Columns = { -readonly [K in keyof Omit<Segments, 'count'>]: Segments[K] } & {
  /** running: row of the `LoopIndex` that refers to this row. */
  entry: Uint32Array;
};

const LEAST_ROOM = 6;
const GOLDEN = 0.618034;

function columnsFor(length: number): Columns {
  return {
    task: new Uint32Array(length),
    state: new Uint8Array(length),
    start: new Float64Array(length),
    end: new Float64Array(length),
    site: new Uint32Array(length),
    about: new Uint32Array(length),
    cause: new Uint8Array(length),
    flags: new Uint8Array(length),
    startStep: new Uint32Array(length),
    endStep: new Uint32Array(length),
    entry: new Uint32Array(length),
  };
}

/** Segments of a live run: each task has its own range of rows, and moves to one about twice as large when that is full. */
export class LiveSegments {
  readonly #room = new RowAllocator();
  readonly #growing = new Growing(columnsFor(64));
  #moves = 0;

  /** @param moved told when the rows of a task go to another place. */
  constructor(readonly moved: (from: number, count: number, to: number) => void) {}

  /** To be read; written to by `targets` only. */
  get columns(): Readonly<Columns> {
    return this.#growing.columns;
  }

  get targets(): readonly Columns[] {
    return this.#growing.targets;
  }

  get count(): number {
    return this.#room.end;
  }

  /** What there is now, as one table. */
  get table(): Segments {
    const { entry: _, ...columns } = this.columns;
    return { count: this.count, ...columns };
  }

  /** About twice as much, varied: tasks that take turns would otherwise all be full, and move, in the same frame. */
  roomAfter(room: number): number {
    const share = (++this.#moves * GOLDEN) % 1;
    return Math.max(LEAST_ROOM, Math.ceil(room * (1.5 + share)));
  }

  /** @returns where `length` rows have room. */
  claim(length: number): number {
    const first = this.#room.claim(length);
    this.#growing.reserve(this.count);
    return first;
  }

  /** @returns whether the rows that end here could be made more. */
  extend(end: number, more: number): boolean {
    if (end !== this.count) return false;
    this.#room.extend(more);
    this.#growing.reserve(this.count);
    return true;
  }

  release(first: number, length: number): void {
    this.#room.release(first, length);
  }

  copy(from: number, count: number, to: number): void {
    // Not all of the longer columns may exist yet: each copies from the columns that are read.
    for (const target of this.targets)
      for (const name of Object.keys(target) as (keyof Columns)[])
        (target[name] as Float64Array).set((this.columns[name] as Float64Array).subarray(from, from + count), to);
    this.blank(from, count);
    this.moved(from, count, to);
  }

  /** Blank rows must not affect code that walks over all rows: a ready segment of nobody, with no length. */
  blank(from: number, count: number): void {
    for (const { state, start, end, site, about, cause, flags } of this.targets)
      for (let row = from; row < from + count; row++)
        state[row] = start[row] = end[row] = site[row] = about[row] = cause[row] = flags[row] = 0;
  }
}

/** The rows of one task. */
export class Region implements SegmentSink {
  first: number;
  count = 0;
  #room: number;

  constructor(private readonly table: LiveSegments) {
    this.#room = table.roomAfter(LEAST_ROOM);
    this.first = table.claim(this.#room);
  }

  add(
    task: number,
    state: number,
    start: number,
    end: number,
    site: number,
    about: number,
    cause: number,
    flags: number,
    startStep: number,
    endStep: number,
  ): void {
    if (this.count === this.#room) this.#grow();
    const row = this.first + this.count++;
    for (const columns of this.table.targets) {
      columns.task[row] = task;
      columns.state[row] = state;
      columns.start[row] = start;
      columns.end[row] = end;
      columns.site[row] = site;
      columns.about[row] = about;
      columns.cause[row] = cause;
      columns.flags[row] = flags;
      columns.startStep[row] = startStep;
      columns.endStep[row] = endStep;
    }
  }

  /** Takes back the last rows. */
  cut(count: number): void {
    this.table.blank(this.first + count, this.count - count);
    this.count = count;
  }

  #grow(): void {
    const { table } = this;
    const before = this.#room;
    this.#room = table.roomAfter(before);
    if (table.extend(this.first + before, this.#room - before)) return;
    const to = table.claim(this.#room);
    table.copy(this.first, this.count, to);
    table.release(this.first, before);
    this.first = to;
  }
}
