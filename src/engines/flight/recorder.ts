import { joined } from '../../core/joined';
import { EventKind } from '../../core/trace/events';
import type { Seconds } from '../../core/units';
import { type FinishedTrace, finishedInMemory } from '../record/finished';
import type { Recorder } from '../record/recorder';
import { type Stop, withStopRecord } from '../stop-record';
import { type Chunk, Chunker, isCounted, Rows, withoutRows } from './chunks';
import { KeptDefinitions } from './definitions';
import { type EventRow, OpenItems } from './open-items';

/** The most that is kept, in bytes: about five million steps. */
const MOST_BYTES = 256 << 20;

interface Batch {
  readonly number: number;
  readonly chunks: Chunk[];
  whole: boolean;
  bytes: number;
  last: number;
}

/**
 * Keeps the last seconds of a trace that streams in. What is kept is a complete trace: it has its definitions,
 * begins at a time and a turn of its own, and starts with what was open then.
 */
export class FlightRecorder implements Recorder {
  readonly #chunker = new Chunker();
  readonly #definitions = new KeptDefinitions();
  readonly #open = new OpenItems();
  #batches: Batch[] = [];
  #meta: string | undefined;
  #end: Uint8Array | undefined;
  #count = 0;
  #bytes = 0;
  #last = Number.NEGATIVE_INFINITY;
  /** Start of the window, once something was dropped; and by loop the number of turns before it. */
  #from: number | undefined;
  readonly #base = new Map<number, number>();
  /** By id of a wait, and of a callback's name: the batch that spoke of it last. The tracer may use an old one again. */
  readonly #waits = new Map<number, number>();
  readonly #names = new Map<number, number>();
  /** What has come since `begin`, and where the window began then. */
  #added:
    | { readonly chunks: Chunk[]; readonly from: number | undefined; readonly base: ReadonlyMap<number, number> }
    | undefined;

  constructor(
    private readonly keep: Seconds,
    private readonly most = MOST_BYTES,
  ) {}

  push(bytes: Uint8Array): void {
    for (const chunk of this.#chunker.push(bytes)) this.#add(chunk);
    this.#drop();
  }

  #add(chunk: Chunk): void {
    const { tag, bytes } = chunk;
    this.#added?.chunks.push(chunk);
    if (tag === 'META') this.#meta = textOf(bytes);
    else if (tag === 'END ') this.#end = bytes;
    else if (tag === 'DEFS') this.#definitions.add(textOf(bytes), this.#batch().number);
    else if (tag === 'MARK') this.#batch().whole = true;
    else if (isCounted(tag)) {
      const rows = new Rows(tag, bytes);
      const batch = this.#batch();
      batch.chunks.push(chunk);
      batch.bytes += bytes.length;
      this.#bytes += bytes.length;
      this.#note(rows, batch.number);
      batch.last = Math.max(batch.last, rows.last());
      this.#last = Math.max(this.#last, batch.last);
    }
  }

  #note(rows: Rows, batch: number): void {
    for (let row = 0; row < rows.count; row++) {
      if (rows.tag === 'STEP') this.#waits.set(rows.number(36, row), batch);
      else if (rows.tag === 'EVNT' && rows.number(16, row) === EventKind.callback)
        this.#names.set(rows.number(32, row), batch);
    }
  }

  /** The tracer writes a `MARK` after each complete batch. */
  #batch(): Batch {
    const current = this.#batches.at(-1);
    if (current && !current.whole) return current;
    const batch = { number: ++this.#count, chunks: [], whole: false, bytes: 0, last: Number.NEGATIVE_INFINITY };
    this.#batches.push(batch);
    return batch;
  }

  #drop(): void {
    let count = 0;
    for (const batch of this.#batches.slice(0, -1)) {
      if (batch.last >= this.#last - this.keep && this.#bytes <= this.most) break;
      const rows = batch.chunks.map(({ tag, bytes }) => new Rows(tag as Rows['tag'], bytes));
      for (const [loop, turns] of this.#open.pass(rows)) this.#base.set(loop, (this.#base.get(loop) ?? 0) + turns);
      this.#bytes -= batch.bytes;
      if (batch.chunks.length > 0) this.#from = Math.max(this.#from ?? batch.last, batch.last);
      count++;
    }
    if (count === 0) return;
    this.#batches.splice(0, count);
    const [{ number: first }] = this.#batches;
    this.#definitions.drop(first, () => this.#used(first));
  }

  /** Ids of definitions that are in use from batch `first` on, however old they are. */
  #used(first: number): ReadonlyMap<string, ReadonlySet<number>> {
    const { strings, waits } = this.#open.used();
    for (const [recent, ids] of [
      [this.#waits, waits],
      [this.#names, strings],
    ] as const) {
      for (const [id, batch] of recent) {
        if (batch < first) recent.delete(id);
        else ids.add(id);
      }
    }
    return new Map([
      ['str', strings],
      ['wait', waits],
    ]);
  }

  /** What a trace begins with has come. */
  get hasBegun(): boolean {
    return this.#chunker.header !== undefined && this.#meta !== undefined;
  }

  /** When a request or span of the window began, where that was before it; on the program's clock. */
  spanBegan(id: number): number | undefined {
    return this.#open.spanBegan(id);
  }

  /** The bytes of a trace file; none before the trace has begun. */
  trace(): Uint8Array {
    return joined([...this.#parts(false)]);
  }

  /** Without what has not come as a whole yet. */
  soFar(): Iterable<Uint8Array> {
    return this.#parts(true);
  }

  /**
   * The same, to be gone on with: what `since` gives afterwards belongs behind it. To be read before anything else is pushed.
   * @returns undefined while the trace has not begun
   */
  begin(): Iterable<Uint8Array> | undefined {
    if (!this.hasBegun) return undefined;
    // What has not come as a whole yet comes behind.
    const last = this.#batches.at(-1);
    const chunks = last && !last.whole ? [...last.chunks] : [];
    this.#added = { chunks, from: this.#from, base: new Map(this.#base) };
    return this.#parts(true);
  }

  /** What has come as a whole since `begin`, or since this was asked for last. */
  *since(): Generator<Uint8Array> {
    if (!this.#added) return;
    const { chunks, from, base } = this.#added;
    const whole = chunks.findLastIndex(({ tag }) => tag === 'MARK' || tag === 'END ') + 1;
    for (const { tag, bytes } of chunks.splice(0, whole))
      yield from === undefined || !isCounted(tag) ? bytes : shifted(tag, bytes, from, base);
  }

  /** Nobody asks for that any more. */
  end(): void {
    this.#added = undefined;
  }

  finish(stop: Stop | undefined): FinishedTrace {
    const trace = this.trace();
    return finishedInMemory(stop ? withStopRecord(trace, stop) : trace);
  }

  *#parts(whole: boolean): Generator<Uint8Array> {
    const { header } = this.#chunker;
    if (!header) return;
    const from = this.#from;
    const told = this.#meta ?? '{}';
    const meta = from === undefined ? told : JSON.stringify({ ...JSON.parse(told), clipped: true, origin: from });
    yield header;
    yield text('META', meta);
    yield text('DEFS', this.#definitions.text());
    if (from !== undefined) yield* eventChunks([...this.#open.events(from)]);
    for (const { chunks, whole: complete } of this.#batches) {
      if (whole && !complete) continue;
      for (const { tag, bytes } of chunks) yield from === undefined ? bytes : shifted(tag, bytes, from, this.#base);
    }
    if (this.#end) yield this.#end;
  }
}

/** Rows counted from where the window begins. @param base by loop: how many turns came before that */
function shifted(tag: string, bytes: Uint8Array, from: number, base: ReadonlyMap<number, number>): Uint8Array {
  const all = new Rows(tag as Rows['tag'], bytes);
  const before = base.get(all.loop) ?? 0;
  const copy = withoutRows(bytes, all.samplesOfBefore(before));
  new Rows(all.tag, copy).shift(from, before);
  return copy;
}

function eventChunks(events: readonly EventRow[]): Uint8Array[] {
  const loops = [...new Set(events.map(({ loop }) => loop))];
  return loops.map((loop) => {
    const rows = events.filter((event) => event.loop === loop);
    const bytes = new Uint8Array(16 + rows.length * 40);
    const view = new DataView(bytes.buffer);
    bytes.set(new TextEncoder().encode('EVNT'));
    for (const [at, value] of [bytes.length - 8, rows.length, loop].entries()) view.setUint32(4 + at * 4, value, true);
    for (const [i, { t0, t1, kind, a, b, c, d }] of rows.entries()) {
      const at = 16 + i * 40;
      view.setFloat64(at, t0, true);
      view.setFloat64(at + 8, t1, true);
      for (const [n, value] of [kind, 0, a, b, c, d].entries()) view.setUint32(at + 16 + n * 4, value, true);
    }
    return bytes;
  });
}

function text(tag: string, content: string): Uint8Array {
  const data = new TextEncoder().encode(content);
  const length = Math.ceil(data.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20);
  bytes.set(new TextEncoder().encode(tag));
  new DataView(bytes.buffer).setUint32(4, length, true);
  bytes.set(data, 8);
  return bytes;
}

function textOf(chunk: Uint8Array): string {
  return new TextDecoder().decode(chunk.subarray(8));
}
