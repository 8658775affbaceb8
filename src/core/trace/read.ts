import * as v from 'valibot';
import type { Seconds } from '../units';
import { withChildren } from './children';
import type { EventColumns, StepColumns, UseColumns } from './columns';
import { compactWaits } from './compact-waits';
import { Definitions } from './definitions';
import { EventKind } from './events';
import { KnownChanges } from './read-changes';
import { PlanNotes } from './read-plan-notes';
import { type Chunk, joinColumns, joinRows, type RowChunk, type RowLayout, rowChunk } from './rows';
import { inMemory, type TraceSource } from './source';
import type { Trace } from './trace';
import { TraceError } from './trace-error';

export type { Trace } from './trace';

/** Reads the trace format of `docs/trace-format.md`. */

export const MAGIC = [0x89, 0x43, 0x4f, 0x52, 0x4f, 0x0d, 0x0a, 0x1a] as const;
export const MAJOR_VERSION = 2;
export const HEADER_BYTES = 16;

const STEP_ROW = {
  f64: ['ready', 'start', 'end'],
  u32: ['waker', 'cause', 'site', 'wait', 'task', 'seq'],
} as const satisfies RowLayout;
const EVENT_ROW = { f64: ['t0', 't1'], u32: ['kind', 'seq', 'a', 'b', 'c', 'd'] } as const satisfies RowLayout;
const USE_COLUMNS = { f64: ['time'], u32: ['what', 'value', 'task', 'seq'] } as const satisfies RowLayout;

/**
 * Decodes a whole trace. A chunk cut off at the end is left out and `end` stays undefined.
 * @throws TraceError if the bytes are no trace, are of a newer major version, or contradict themselves.
 */
export function decodeTrace(input: Uint8Array | TraceSource): Trace {
  const source = input instanceof Uint8Array ? inMemory(input) : input;
  const children: Trace[] = [];
  const trace = decodeOne(source, (part) => {
    // What a child says of itself may be damaged as a whole: the rest is still true.
    try {
      children.push(decodeOne(part, () => {}));
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
    }
  });
  return children.length > 0 ? withChildren(trace, children) : trace;
}

/** @param child is given the trace of each process that the program started, as it stands in this one */
function decodeOne(source: TraceSource, child: (part: TraceSource) => void): Trace {
  checkHeader(source.bytes(0, Math.min(source.length, HEADER_BYTES)));
  const definitions = new Definitions();
  let damage: number | undefined;
  const damaged = (at: number) => {
    damage = at;
  };
  const { meta: described, steps, events, uses, end } = readChunks(source, HEADER_BYTES, definitions, damaged, child);
  if (!described && damage !== undefined) throw new TraceError('The trace is damaged at byte {0}.', damage);
  if (!described) throw new TraceError('The trace is damaged: it has no description of its run (META).');
  const meta = { ...described, origin: firstLoop(events) ?? described.origin };
  checkTimes(meta.origin, [steps.ready, steps.start, steps.end, events.t0, uses.time]);
  const waits = compactWaits(definitions.waits, { steps, events });
  return { meta, ...tablesOf(definitions), waits, steps, events, uses, end, damaged: damage !== undefined };
}

/**
 * Reads what a trace says of its run, and where its tasks stand, without any of its rows.
 * @throws TraceError as `decodeTrace`, but for what only rows can tell
 */
export function readDescription(source: TraceSource): Pick<Trace, 'meta' | 'sites'> {
  checkHeader(source.bytes(0, Math.min(source.length, HEADER_BYTES)));
  const definitions = new Definitions();
  let meta: Trace['meta'] | undefined;
  for (const chunk of chunksOf(source, HEADER_BYTES, () => {})) {
    if (chunk.tag === 'META') meta = parseMeta(textOf(source, chunk));
    else if (chunk.tag === 'DEFS') definitions.read(textOf(source, chunk));
  }
  if (!meta) throw new TraceError('The trace is damaged: it has no description of its run (META).');
  return { meta, sites: definitions.sites };
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
 * @param damaged is told where something stands that is no chunk; what came before it is read. Without it that is an error.
 */
export function readChunks(
  source: TraceSource,
  first: number,
  definitions: Definitions,
  damaged?: (at: number) => void,
  child?: (part: TraceSource) => void,
): Records {
  const stepChunks: RowChunk[] = [];
  const eventChunks: RowChunk[] = [];
  const useChunks: RowChunk[] = [];
  let meta: Trace['meta'] | undefined;
  let end: Trace['end'];
  for (const chunk of chunksOf(source, first, damaged)) {
    if (chunk.tag === 'META') meta = parseMeta(textOf(source, chunk));
    else if (chunk.tag === 'DEFS') definitions.read(textOf(source, chunk));
    else if (chunk.tag === 'STEP') stepChunks.push(rowChunk(source, chunk, STEP_ROW));
    else if (chunk.tag === 'EVNT') eventChunks.push(rowChunk(source, chunk, EVENT_ROW));
    else if (chunk.tag === 'USES') useChunks.push(rowChunk(source, chunk, USE_COLUMNS));
    else if (chunk.tag === 'CHLD') child?.(partOf(source, chunk));
    else if (chunk.tag === 'END ') end = parseEnd(textOf(source, chunk));
  }
  const steps = joinRows(source, stepChunks, STEP_ROW) as unknown as StepColumns;
  const events = joinRows(source, eventChunks, EVENT_ROW) as unknown as EventColumns;
  const uses = joinColumns(source, useChunks, USE_COLUMNS) as unknown as UseColumns;
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

function* chunksOf(source: TraceSource, first: number, damaged?: (at: number) => void): Generator<Chunk> {
  let at = first;
  while (at + 8 <= source.length) {
    const head = source.bytes(at, 8);
    const tag = String.fromCharCode(head[0], head[1], head[2], head[3]);
    const length = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, true);
    if (!/^[A-Z ]{4}$/.test(tag) || length % 8 !== 0) {
      if (!damaged) throw new TraceError('The trace is damaged at byte {0}.', at);
      return damaged(at);
    }
    if (at + 8 + length > source.length) return;
    yield { tag, offset: at + 8, length };
    at += 8 + length;
  }
}

const utf8 = new (
  globalThis as unknown as { TextDecoder: new () => { decode(bytes: Uint8Array): string } }
).TextDecoder();

function partOf(source: TraceSource, { offset, length }: Chunk): TraceSource {
  return { length, bytes: (at, count) => source.bytes(offset + at, count) };
}

function textOf(source: TraceSource, { offset, length }: Chunk): string {
  return utf8.decode(source.bytes(offset, length));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TraceError('The trace is damaged: a description in it cannot be read.');
  }
}

function parseEnd(json: string): Trace['end'] {
  const result = v.safeParse(v.object({ exit: v.nullable(v.number()) }), parseJson(json));
  return result.success ? result.output : undefined;
}

/** Time 0 is the start of the first loop. Loops of several threads are not written in the order in which they began. */
export function firstLoop(events: EventColumns): number | undefined {
  let first: number | undefined;
  for (let row = 0; row < events.count; row++)
    if (
      events.kind[row] === EventKind.loop &&
      events.b[row] === 1 &&
      !(events.t0[row] >= (first ?? Number.POSITIVE_INFINITY))
    )
      first = events.t0[row];
  return first;
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
  arguments: v.fallback(v.number(), 0),
  detail: v.fallback(v.picklist(['full', 'tasks']), 'full'),
  origin: v.pipe(v.number(), v.finite()),
  spans: v.fallback(v.picklist(['all', 'inner']), 'all'),
  pid: v.optional(v.fallback(v.optional(v.number()), undefined)),
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
