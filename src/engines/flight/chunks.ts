import { EventKind, isNumbered } from '../../core/trace/events';
import { HEADER_BYTES } from '../../core/trace/read';

/** One chunk of a trace, as its bytes: tag, length, payload. */
export interface Chunk {
  readonly tag: string;
  readonly bytes: Uint8Array;
}

/** Where in a row its times and `seq`, the turn, stand. Rows of `USES` lie in columns. */
export const layouts = {
  STEP: { row: 48, times: [0, 8, 16], seq: 44, columns: false },
  EVNT: { row: 40, times: [0, 8], seq: 20, columns: false },
  USES: { row: 24, times: [0], seq: 20, columns: true },
} as const;
export type Counted = keyof typeof layouts;

export function isCounted(tag: string): tag is Counted {
  return tag in layouts;
}

/** Splits a stream of bytes into chunks. */
export class Chunker {
  #rest = new Uint8Array();
  header: Uint8Array | undefined;

  *push(bytes: Uint8Array): Generator<Chunk> {
    // `slice` of a Buffer is no copy: what is shifted in one would be shifted again with every look at it.
    let data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#rest.length > 0) {
      data = new Uint8Array(this.#rest.length + bytes.length);
      data.set(this.#rest);
      data.set(bytes, this.#rest.length);
    }
    let at = 0;
    if (!this.header && data.length >= HEADER_BYTES) {
      this.header = data.slice(0, HEADER_BYTES);
      at = HEADER_BYTES;
    }
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    while (this.header && at + 8 <= data.length) {
      const end = at + 8 + view.getUint32(at + 4, true);
      if (end > data.length) break;
      // A copy: what is kept must not keep the whole piece that it came in, and its columns must be aligned.
      yield { tag: String.fromCharCode(...data.subarray(at, at + 4)), bytes: data.slice(at, end) };
      at = end;
    }
    this.#rest = data.slice(at);
  }
}

/** A counted chunk, to be read and changed in place. */
export class Rows {
  readonly count: number;
  readonly loop: number;
  readonly #view: DataView;

  constructor(
    readonly tag: Counted,
    bytes: Uint8Array,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = this.#view.getUint32(4, true);
    const count = length < 8 ? 0 : this.#view.getUint32(8, true);
    // A damaged count is read as nothing here: the reader of the trace will say so.
    this.count = length === 8 + count * layouts[tag].row ? count : 0;
    this.loop = length < 8 ? 0 : this.#view.getUint32(12, true);
  }

  #at(offset: number, row: number): number {
    const { columns, row: width, times } = layouts[this.tag];
    if (!columns) return 16 + row * width + offset;
    return 16 + offset * this.count + row * (offset < times.length * 8 ? 8 : 4);
  }

  /** `offset`: where in a row the value stands, in bytes. */
  time(offset: number, row: number): number {
    return this.#view.getFloat64(this.#at(offset, row), true);
  }

  number(offset: number, row: number): number {
    return this.#view.getUint32(this.#at(offset, row), true);
  }

  /** The latest time. */
  last(): number {
    const offset = this.tag === 'STEP' ? 16 : 0;
    let last = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < this.count; row++) last = Math.max(last, this.time(offset, row));
    return last;
  }

  /** Begins at `time` and turn `base`: earlier times and turns are moved there. */
  shift(time: number, base: number): void {
    const { times, seq } = layouts[this.tag];
    for (let row = 0; row < this.count; row++) {
      for (const offset of times) {
        if (this.time(offset, row) < time && !this.#isNoTime(offset, row))
          this.#view.setFloat64(this.#at(offset, row), time, true);
      }
      const number = this.number(seq, row);
      this.#view.setUint32(this.#at(seq, row), number > base ? number - base : 0, true);
    }
  }

  /**
   * Rows of samples of a turn that is not in the window any more: they are taken at the turn's end, and told later than it. Moved to the
   * beginning of the window they would blame another turn.
   */
  samplesOfBefore(base: number): number[] {
    const found: number[] = [];
    if (this.tag !== 'EVNT') return found;
    for (let row = 0; row < this.count; row++)
      if (this.number(16, row) === EventKind.held && this.number(layouts.EVNT.seq, row) < base) found.push(row);
    return found;
  }

  /** A step that was ready at once says 0; the second time of a new task is the number in its name. */
  #isNoTime(offset: number, row: number): boolean {
    if (this.tag === 'STEP') return offset === 0 && this.time(0, row) === 0;
    return this.tag === 'EVNT' && offset === 8 && isNumbered(this.number(16, row));
  }
}

/** A chunk of `EVNT` without some of its rows, as a copy. */
export function withoutRows(bytes: Uint8Array, rows: readonly number[]): Uint8Array {
  if (rows.length === 0) return bytes.slice();
  const { row: width } = layouts.EVNT;
  const gone = new Set(rows);
  const kept = bytes.slice(0, bytes.length - rows.length * width);
  let at = 16;
  for (let row = 0; 16 + row * width < bytes.length; row++) {
    if (gone.has(row)) continue;
    kept.set(bytes.subarray(16 + row * width, 16 + (row + 1) * width), at);
    at += width;
  }
  const view = new DataView(kept.buffer);
  view.setUint32(4, kept.length - 8, true);
  view.setUint32(8, (kept.length - 16) / width, true);
  return kept;
}
