import * as v from 'valibot';
import type { Seconds } from '../units';
import { KnownChanges } from './change';
import type { EventColumns, StepColumns, UseColumns } from './columns';
import { compactWaits } from './compact-waits';
import { Definitions, type GroupDefinition, type JobDefinition } from './definitions';
import { EventKind } from './events';
import { PlanNotes } from './plan-notes';
import type { Code, Meta, ResourceDefinition, Site, Wait } from './records';
import { TraceError } from './trace-error';

/** Reads the trace format of `docs/trace-format.md`. */

export const MAGIC = [0x89, 0x43, 0x4f, 0x52, 0x4f, 0x0d, 0x0a, 0x1a] as const;
export const MAJOR_VERSION = 2;
export const HEADER_BYTES = 16;

export interface Trace {
  readonly meta: Meta & {
    readonly origin: number;
    /** `inner`: a task's own coroutine has no records of its own, its steps tell it. Traces of before have records of all. */
    readonly spans: 'all' | 'inner';
  };
  readonly strings: readonly string[];
  readonly codes: readonly (Code | undefined)[];
  readonly sites: readonly (Site | undefined)[];
  readonly waits: readonly (Wait | undefined)[];
  readonly groups: readonly (GroupDefinition | undefined)[];
  readonly jobs: readonly (JobDefinition | undefined)[];
  readonly resources: readonly (ResourceDefinition | undefined)[];
  readonly steps: StepColumns;
  readonly events: EventColumns;
  readonly uses: UseColumns;
  /** What the `END ` chunk says, if there is one. */
  readonly end: { readonly exit: number } | undefined;
  /** Behind what is here stands something that no tracer writes. */
  readonly damaged?: boolean;
}

/** Rows: the 8-byte columns first, then those of 4 bytes; the order is that of the file. */
const STEP_ROW = {
  f64: ['ready', 'start', 'end'],
  u32: ['waker', 'cause', 'site', 'wait', 'task', 'seq'],
} as const satisfies RowLayout;
const EVENT_ROW = { f64: ['t0', 't1'], u32: ['kind', 'seq', 'a', 'b', 'c', 'd'] } as const satisfies RowLayout;
const USE_COLUMNS = { f64: ['time'], u32: ['what', 'value', 'task', 'seq'] } as const satisfies RowLayout;

interface RowLayout {
  readonly f64: readonly string[];
  readonly u32: readonly string[];
}

interface Chunk {
  readonly tag: string;
  /** Offset of the payload, in bytes of the whole trace. */
  readonly offset: number;
  readonly length: number;
}

/**
 * Decodes a whole trace. A chunk cut off at the end is left out and `end` stays undefined.
 * @throws TraceError if the bytes are no trace, are of a newer major version, or contradict themselves.
 */
export function decodeTrace(input: Uint8Array): Trace {
  checkHeader(input);
  // Rows are read in place, which needs 8-byte alignment of the buffer itself.
  const bytes = input.byteOffset % 8 === 0 ? input : input.slice();
  const definitions = new Definitions();
  let damage: number | undefined;
  const damaged = (at: number) => {
    damage = at;
  };
  const { meta: described, steps, events, uses, end } = readChunks(bytes, HEADER_BYTES, definitions, damaged);
  if (!described && damage !== undefined) throw new TraceError('The trace is damaged at byte {0}.', damage);
  if (!described) throw new TraceError('The trace is damaged: it has no description of its run (META).');
  const meta = { ...described, origin: firstLoop(events) ?? described.origin };
  checkTimes(meta.origin, [steps.ready, steps.start, steps.end, events.t0, uses.time]);
  const waits = compactWaits(definitions.waits, { steps, events });
  return { meta, ...tablesOf(definitions), waits, steps, events, uses, end, damaged: damage !== undefined };
}

/** What definitions say, as a trace holds it. They go on growing while more is read. */
export function tablesOf(definitions: Definitions): Pick<Trace, Table> {
  const { strings, codes, sites, waits, groups, jobs, resources } = definitions;
  return { strings, codes, sites, waits, groups, jobs, resources };
}

type Table = 'strings' | 'codes' | 'sites' | 'waits' | 'groups' | 'jobs' | 'resources';

export interface Records extends Pick<Trace, 'steps' | 'events' | 'uses' | 'end'> {
  readonly meta: Trace['meta'] | undefined;
}

/**
 * The rows of whole chunks, from `first` on; definitions are added to those that are known.
 * @param bytes beginning at a multiple of 8 of their buffer.
 * @param damaged is told where something stands that is no chunk; what came before it is read. Without it that is an error.
 */
export function readChunks(
  bytes: Uint8Array,
  first: number,
  definitions: Definitions,
  damaged?: (at: number) => void,
): Records {
  const stepChunks: Chunk[] = [];
  const eventChunks: Chunk[] = [];
  const useChunks: Chunk[] = [];
  let meta: Trace['meta'] | undefined;
  let end: Trace['end'];
  for (const chunk of chunksOf(bytes, first, damaged)) {
    if (chunk.tag === 'META') meta = parseMeta(textOf(bytes, chunk));
    else if (chunk.tag === 'DEFS') definitions.read(textOf(bytes, chunk));
    else if (chunk.tag === 'STEP') stepChunks.push(checked(bytes, chunk, 48));
    else if (chunk.tag === 'EVNT') eventChunks.push(checked(bytes, chunk, 40));
    else if (chunk.tag === 'USES') useChunks.push(checked(bytes, chunk, 24));
    else if (chunk.tag === 'END ') end = parseEnd(textOf(bytes, chunk));
  }
  const steps = joinRows(bytes, stepChunks, STEP_ROW) as unknown as StepColumns;
  const events = joinRows(bytes, eventChunks, EVENT_ROW) as unknown as EventColumns;
  const uses = joinColumns(bytes, useChunks, USE_COLUMNS) as unknown as UseColumns;
  return { meta, steps, events, uses, end };
}

export function checkHeader(bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new TraceError('This is not a Coroscope trace.');
  }
  const major = bytes[8] + bytes[9] * 256;
  if (major < MAJOR_VERSION) {
    throw new TraceError(
      'The trace was written by an older Coroscope (format {0}; this one reads {1}). Record the program again.',
      major,
      MAJOR_VERSION,
    );
  }
  if (major > MAJOR_VERSION) {
    throw new TraceError(
      'The trace was written by a newer Coroscope (format {0}; this one reads up to {1}). Update Coroscope to open it.',
      major,
      MAJOR_VERSION,
    );
  }
}

function* chunksOf(bytes: Uint8Array, first: number, damaged?: (at: number) => void): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = first;
  while (at + 8 <= bytes.length) {
    const tag = String.fromCharCode(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
    const length = view.getUint32(at + 4, true);
    if (!/^[A-Z ]{4}$/.test(tag) || length % 8 !== 0) {
      if (!damaged) throw new TraceError('The trace is damaged at byte {0}.', at);
      return damaged(at);
    }
    if (at + 8 + length > bytes.length) return;
    yield { tag, offset: at + 8, length };
    at += 8 + length;
  }
}

const utf8 = new (
  globalThis as unknown as { TextDecoder: new () => { decode(bytes: Uint8Array): string } }
).TextDecoder();

function textOf(bytes: Uint8Array, chunk: Chunk): string {
  return utf8.decode(bytes.subarray(chunk.offset, chunk.offset + chunk.length));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TraceError('The trace is damaged: a description in it cannot be read.');
  }
}

function parseEnd(json: string): Trace['end'] {
  const result = v.safeParse(v.object({ exit: v.number() }), parseJson(json));
  return result.success ? result.output : undefined;
}

/** Time 0 is the start of the first loop. */
export function firstLoop(events: EventColumns): number | undefined {
  const row = events.kind.findIndex((kind, i) => kind === EventKind.loop && events.b[i] === 1);
  return row < 0 ? undefined : events.t0[row];
}

const text = v.fallback(v.string(), '');

const MetaSchema = v.object({
  python: text,
  implementation: text,
  platform: text,
  clock: v.fallback(v.picklist(['virtual', 'real']), 'real'),
  engine: v.fallback(v.picklist(['embedded', 'interpreter']), 'interpreter'),
  program: text,
  argv: v.fallback(v.array(v.string()), []),
  monitoring: text,
  columns: v.fallback(v.boolean(), false),
  clipped: v.fallback(v.boolean(), false),
  holds: v.fallback(v.picklist(['sampled', 'sleeps', 'none']), 'none'),
  notes: v.optional(PlanNotes, []),
  whatIf: v.optional(KnownChanges, []),
  ties: v.optional(v.fallback(v.picklist(['set', 'reversed']), 'set'), 'set'),
  origin: v.pipe(v.number(), v.finite()),
  spans: v.fallback(v.picklist(['all', 'inner']), 'all'),
});

function parseMeta(json: string): Trace['meta'] {
  const result = v.safeParse(MetaSchema, parseJson(json));
  if (!result.success) {
    throw new TraceError('The trace is damaged: the description of its run (META) cannot be read.');
  }
  return result.output;
}

/** Longer than any run: beyond it a time is damage, and would make every other bar invisible. */
const LONGEST_RUN: Seconds = 1e10;

export function checkTimes(origin: number, columns: readonly Float64Array[]): void {
  for (const column of columns) {
    // By index: an iterator takes ten times as long.
    for (let row = 0; row < column.length; row++) {
      if (!(Math.abs(column[row] - origin) < LONGEST_RUN))
        throw new TraceError('The trace is damaged: a time in it is impossible.');
    }
  }
}

function checked(bytes: Uint8Array, chunk: Chunk, rowBytes: number): Chunk {
  const view = new DataView(bytes.buffer, bytes.byteOffset + chunk.offset, chunk.length);
  const count = chunk.length < 8 ? -1 : view.getUint32(0, true);
  if (chunk.length !== 8 + count * rowBytes) throw new TraceError('The trace is damaged at byte {0}.', chunk.offset);
  return chunk;
}

/** Rows of all chunks → columns. */
function joinRows(
  bytes: Uint8Array,
  chunks: readonly Chunk[],
  { f64, u32 }: RowLayout,
): Record<string, number | Float64Array | Uint32Array> {
  const sizes = chunks.map((chunk) => new Uint32Array(bytes.buffer, bytes.byteOffset + chunk.offset, 2));
  const total = sizes.reduce((sum, [count]) => sum + count, 0);
  const loop = new Uint32Array(total);
  const floats = f64.map(() => new Float64Array(total));
  const integers = u32.map(() => new Uint32Array(total));
  const width = f64.length + u32.length / 2;
  let first = 0;
  chunks.forEach((chunk, i) => {
    const [count, number] = sizes[i];
    const at = bytes.byteOffset + chunk.offset + 8;
    const wide = new Float64Array(bytes.buffer, at, count * width);
    const narrow = new Uint32Array(bytes.buffer, at, count * width * 2);
    floats.forEach((column, offset) => {
      for (let row = 0; row < count; row++) column[first + row] = wide[row * width + offset];
    });
    integers.forEach((column, n) => {
      const offset = f64.length * 2 + n;
      for (let row = 0; row < count; row++) column[first + row] = narrow[row * width * 2 + offset];
    });
    loop.fill(number, first, first + count);
    first += count;
  });
  const joined: Record<string, number | Float64Array | Uint32Array> = { count: total, loop };
  f64.forEach((name, n) => {
    joined[name] = floats[n];
  });
  u32.forEach((name, n) => {
    joined[name] = integers[n];
  });
  return joined;
}

/** Columns of all chunks, one after another. */
function joinColumns(
  bytes: Uint8Array,
  chunks: readonly Chunk[],
  names: { readonly f64: readonly string[]; readonly u32: readonly string[] },
): Record<string, number | Float64Array | Uint32Array> {
  const sizes = chunks.map((chunk) => new Uint32Array(bytes.buffer, bytes.byteOffset + chunk.offset, 2));
  const total = sizes.reduce((sum, [count]) => sum + count, 0);
  const joined: Record<string, Float64Array | Uint32Array> = { loop: new Uint32Array(total) };
  for (const name of names.f64) joined[name] = new Float64Array(total);
  for (const name of names.u32) joined[name] = new Uint32Array(total);
  let row = 0;
  chunks.forEach((chunk, i) => {
    const [count, loop] = sizes[i];
    let at = bytes.byteOffset + chunk.offset + 8;
    for (const name of names.f64) {
      joined[name].set(new Float64Array(bytes.buffer, at, count), row);
      at += count * 8;
    }
    for (const name of names.u32) {
      joined[name].set(new Uint32Array(bytes.buffer, at, count), row);
      at += count * 4;
    }
    joined.loop.fill(loop, row, row + count);
    row += count;
  });
  return { count: total, ...joined };
}
