import type { Segments } from '../model';
import type { SegmentSink } from '../segments';
import { withRoom } from './columns';

type Columns = { -readonly [K in keyof Segments]: Segments[K] };

const FIRST_ROOM = 6;

/** Segments that go on growing: each task has room of its own, and moves to a place twice as large when that is full. */
export class LiveSegments {
  readonly columns: Columns = {
    count: 0,
    task: new Uint32Array(64),
    state: new Uint8Array(64),
    start: new Float64Array(64),
    end: new Float64Array(64),
    site: new Uint32Array(64),
    about: new Uint32Array(64),
    cause: new Uint8Array(64),
    flags: new Uint8Array(64),
    startStep: new Uint32Array(64),
    endStep: new Uint32Array(64),
  };
  /** running: row of the `LoopIndex` that refers to this row. */
  entry = new Uint32Array(64);

  /** @param moved told when the rows of a task go to another place. */
  constructor(readonly moved: (from: number, count: number, to: number) => void) {}

  /** @returns where `length` rows have room. */
  claim(length: number): number {
    const first = this.columns.count;
    this.columns.count += length;
    for (const [name, column] of Object.entries(this.columns))
      if (typeof column !== 'number')
        (this.columns as unknown as Record<string, unknown>)[name] = withRoom(column, this.columns.count);
    this.entry = withRoom(this.entry, this.columns.count);
    return first;
  }

  copy(from: number, count: number, to: number): void {
    for (const column of Object.values(this.columns))
      if (typeof column !== 'number') column.copyWithin(to, from, from + count);
    this.entry.copyWithin(to, from, from + count);
    this.blank(from, count);
    this.moved(from, count, to);
  }

  /** Rows of nobody tell nothing to those who go through all: nobody was ready, for no time. */
  blank(from: number, count: number): void {
    const { state, start, end, site, about, cause, flags } = this.columns;
    for (let row = from; row < from + count; row++) {
      state[row] = start[row] = end[row] = site[row] = about[row] = cause[row] = flags[row] = 0;
    }
  }
}

/** The rows of one task. */
export class Region implements SegmentSink {
  first: number;
  count = 0;
  #room = FIRST_ROOM;

  constructor(private readonly table: LiveSegments) {
    this.first = table.claim(FIRST_ROOM);
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
    const { columns } = this.table;
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

  /** Takes back the last rows. */
  cut(count: number): void {
    this.table.blank(this.first + count, this.count - count);
    this.count = count;
  }

  #grow(): void {
    const { table } = this;
    if (this.first + this.#room === table.columns.count) table.claim(this.#room);
    else {
      const to = table.claim(2 * this.#room);
      table.copy(this.first, this.count, to);
      this.first = to;
    }
    this.#room *= 2;
  }
}
