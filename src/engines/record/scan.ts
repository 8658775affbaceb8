import { EventKind } from '../../core/trace/events';
import { HEADER_BYTES, MAGIC } from '../../core/trace/read';

/** Bytes with random access: of a file, or in memory. */
export interface Bytes {
  readonly size: number;
  /** Exactly `length` bytes from `at` on, which is within `size`. */
  read(at: number, length: number): Uint8Array;
}

/** What has to be known about a trace to append to it. */
export interface TraceExtent {
  /** Bytes up to the end of the last whole chunk; 0: no trace at all. */
  readonly length: number;
  /** The highest id of a string. */
  readonly strings: number;
  /** The latest time in it: the `end` of its steps, `t0` of its events. */
  readonly last: number;
  /** It has an `END ` chunk. */
  readonly complete: boolean;
  /** Offset of foreign bytes, after which nothing can be read. */
  readonly damage: number | undefined;
}

/** Reads a trace chunk by chunk. @param most chunks that end beyond it are left out */
export function scanTrace(bytes: Bytes, most = bytes.size): TraceExtent {
  if (bytes.size < HEADER_BYTES || !hasMagic(bytes.read(0, HEADER_BYTES)))
    return { length: 0, strings: 0, last: 0, complete: false, damage: bytes.size === 0 ? undefined : 0 };
  let at = HEADER_BYTES;
  let [strings, last] = [0, 0];
  let complete = false;
  while (at + 8 <= most) {
    const head = viewOf(bytes.read(at, 8));
    const tag = textOf(head.buffer.slice(head.byteOffset, head.byteOffset + 4));
    const length = head.getUint32(4, true);
    if (!/^[A-Z ]{4}$/.test(tag) || length % 8 !== 0) return { length: at, strings, last, complete, damage: at };
    const end = at + 8 + length;
    if (end > most) break;
    if (tag === 'DEFS') strings = Math.max(strings, highestString(bytes.read(at + 8, length)));
    else if (tag === 'END ') complete = true;
    else if (tag === 'STEP' || tag === 'EVNT') {
      const payload = viewOf(bytes.read(at + 8, length));
      last = Math.max(last, lastTime(tag, payload));
      if (tag === 'EVNT') complete ||= hasStop(payload);
    }
    at = end;
  }
  return { length: at, strings, last, complete, damage: undefined };
}

/** Longer than any `END ` chunk. */
const LONGEST_END = 256;

/** Whether its last chunk is `END `, without reading the rest. */
export function hasEnd({ size, read }: Bytes): boolean {
  const from = Math.max(HEADER_BYTES, size - LONGEST_END);
  if (from >= size) return false;
  const tail = viewOf(read(from, size - from));
  for (let at = tail.byteLength - 16; at >= 0; at -= 8) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((i) => tail.getUint8(at + i)));
    if (tag === 'END ' && tail.getUint32(at + 4, true) === tail.byteLength - at - 8) return true;
  }
  return false;
}

export function ofMemory(bytes: Uint8Array): Bytes {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/** Rows of `EVNT` and `STEP` payloads stand after their count and loop. */
const FIRST = 8;
const ROW = { STEP: 48, EVNT: 40 } as const;

/** Of an event: t0 and t1 (8 bytes each), kind, seq, a, b, c, d (4 each). */
function hasStop(payload: DataView): boolean {
  for (const row of rows('EVNT', payload)) if (payload.getUint32(row + 16, true) === EventKind.stop) return true;
  return false;
}

function lastTime(tag: 'STEP' | 'EVNT', payload: DataView): number {
  let last = 0;
  const offset = tag === 'STEP' ? 16 : 0;
  for (const row of rows(tag, payload)) last = Math.max(last, payload.getFloat64(row + offset, true));
  return last;
}

/** Where each of them begins. A count that is not true is no reason to fail: the reader of the trace will say so. */
function* rows(tag: 'STEP' | 'EVNT', payload: DataView): Generator<number> {
  if (payload.byteLength < FIRST) return;
  const count = Math.min(payload.getUint32(0, true), Math.floor((payload.byteLength - FIRST) / ROW[tag]));
  for (let i = 0; i < count; i++) yield FIRST + i * ROW[tag];
}

function highestString(payload: Uint8Array): number {
  let highest = 0;
  for (const [, id] of textOf(payload).matchAll(/^\["str", *(\d+)/gm)) highest = Math.max(highest, Number(id));
  return highest;
}

function hasMagic(header: Uint8Array): boolean {
  return MAGIC.every((byte, i) => header[i] === byte);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function textOf(bytes: Uint8Array | ArrayBuffer | SharedArrayBuffer): string {
  return new TextDecoder().decode(bytes as Uint8Array);
}
