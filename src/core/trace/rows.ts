import type { TraceSource } from './source';
import { TraceError } from './trace-error';

/** Chunks of rows → columns. */

export interface Chunk {
  readonly tag: string;
  /** Offset of the payload, in bytes of the whole trace. */
  readonly offset: number;
  readonly length: number;
}

/** A chunk of rows of one loop. */
export interface RowChunk {
  /** Offset of the first row. */
  readonly offset: number;
  readonly count: number;
  readonly loop: number;
}

/** Rows: the 8-byte columns first, then those of 4 bytes; the order is that of the file. */
export interface RowLayout {
  readonly f64: readonly string[];
  readonly u32: readonly string[];
}

export type Columns = Record<string, number | Float64Array | Uint32Array>;

/** Number of rows that are read at a time: a chunk may be as long as the file. */
const ROWS = 1 << 14;

/** The head of a chunk of rows. @throws TraceError if it contradicts the length of the chunk */
export function rowChunk(source: TraceSource, { offset, length }: Chunk, { f64, u32 }: RowLayout): RowChunk {
  const rowBytes = f64.length * 8 + u32.length * 4;
  const [count, loop] = length < 8 ? [-1, 0] : u32At(source, offset, 2);
  if (length !== 8 + count * rowBytes) throw new TraceError('The trace is damaged at byte {0}.', offset);
  return { offset: offset + 8, count, loop };
}

/** Rows of all chunks, one row after another. */
export function joinRows(source: TraceSource, chunks: readonly RowChunk[], layout: RowLayout): Columns {
  const { f64, u32 } = layout;
  const columns = emptyColumns(chunks, layout);
  const width = f64.length + u32.length / 2;
  for (const { part, row } of parts(chunks)) {
    const { buffer, byteOffset } = source.bytes(
      part.offset + (row.from - row.first) * width * 8,
      row.count * width * 8,
    );
    const wide = new Float64Array(buffer, byteOffset, row.count * width);
    const narrow = new Uint32Array(buffer, byteOffset, row.count * width * 2);
    f64.forEach((name, offset) => {
      const column = columns[name] as Float64Array;
      for (let i = 0; i < row.count; i++) column[row.from + i] = wide[i * width + offset];
    });
    u32.forEach((name, n) => {
      const column = columns[name] as Uint32Array;
      const offset = f64.length * 2 + n;
      for (let i = 0; i < row.count; i++) column[row.from + i] = narrow[i * width * 2 + offset];
    });
  }
  return columns;
}

/** Columns of all chunks, one after another. */
export function joinColumns(source: TraceSource, chunks: readonly RowChunk[], layout: RowLayout): Columns {
  const columns = emptyColumns(chunks, layout);
  for (const { part, row } of parts(chunks)) {
    let at = part.offset;
    const nth = row.from - row.first;
    for (const name of layout.f64) {
      const { buffer, byteOffset } = source.bytes(at + nth * 8, row.count * 8);
      (columns[name] as Float64Array).set(new Float64Array(buffer, byteOffset, row.count), row.from);
      at += part.count * 8;
    }
    for (const name of layout.u32) {
      const { buffer, byteOffset } = source.bytes(at + nth * 4, row.count * 4);
      (columns[name] as Uint32Array).set(new Uint32Array(buffer, byteOffset, row.count), row.from);
      at += part.count * 4;
    }
  }
  return columns;
}

function emptyColumns(chunks: readonly RowChunk[], { f64, u32 }: RowLayout): Columns {
  const total = chunks.reduce((sum, { count }) => sum + count, 0);
  const columns: Columns = { count: total };
  for (const name of f64) columns[name] = new Float64Array(total);
  for (const name of u32) columns[name] = new Uint32Array(total);
  columns.loop = loopColumn(chunks, total);
  return columns;
}

function loopColumn(chunks: readonly RowChunk[], total: number): Uint32Array {
  const loop = new Uint32Array(total);
  let first = 0;
  for (const chunk of chunks) {
    loop.fill(chunk.loop, first, first + chunk.count);
    first += chunk.count;
  }
  return loop;
}

/** Parts of chunks that are read at once. `first`: the first row of the chunk, `from`: that of the part. */
function* parts(chunks: readonly RowChunk[]) {
  let first = 0;
  for (const part of chunks) {
    for (let done = 0; done < part.count; done += ROWS)
      yield { part, row: { first, from: first + done, count: Math.min(ROWS, part.count - done) } };
    first += part.count;
  }
}

function u32At(source: TraceSource, offset: number, count: number): Uint32Array {
  const { buffer, byteOffset } = source.bytes(offset, count * 4);
  return new Uint32Array(buffer, byteOffset, count);
}
