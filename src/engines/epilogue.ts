import { EventKind } from '../core/trace/events';
import { HEADER_BYTES, MAGIC } from '../core/trace/read';

/**
 * A program that was killed leaves a trace without an end. The host knows why it ended: this adds that to the trace, so that whoever
 * opens the file later is told. The last chunk, if it was cut off, is dropped; what was recorded stays as it is.
 */
export function withStop(trace: Uint8Array, stop: { readonly reason: string; readonly message: string }): Uint8Array {
  const { length, strings, complete } = survey(trace);
  if (complete || length === 0) return trace;
  const text = strings + 1;
  const definition = chunk('DEFS', lines([['str', text, JSON.stringify(stop)]]));
  return joined([trace.subarray(0, length), definition, chunk('EVNT', stopRecord(text, lastTime(trace)))]);
}

interface Survey {
  /** Bytes up to the end of the last whole chunk; 0: no trace at all. */
  readonly length: number;
  /** The highest id of a string. */
  readonly strings: number;
  /** It says how it ended. */
  readonly complete: boolean;
}

function survey(trace: Uint8Array): Survey {
  if (trace.length < HEADER_BYTES || MAGIC.some((byte, i) => trace[i] !== byte))
    return { length: 0, strings: 0, complete: false };
  let at = HEADER_BYTES;
  let strings = 0;
  let complete = false;
  for (const { tag, offset, length } of chunks(trace)) {
    const payload = trace.subarray(offset, offset + length);
    if (tag === 'DEFS')
      for (const [, id] of text(payload).matchAll(/^\["str", *(\d+)/gm)) strings = Math.max(strings, Number(id));
    else if (tag === 'END ' || (tag === 'EVNT' && hasStop(payload))) complete = true;
    at = offset + length;
  }
  return { length: at, strings, complete };
}

function* chunks(trace: Uint8Array): Generator<{ tag: string; offset: number; length: number }> {
  const view = new DataView(trace.buffer, trace.byteOffset, trace.byteLength);
  for (let at = HEADER_BYTES; at + 8 <= trace.length; ) {
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > trace.length) return;
    yield { tag: text(trace.subarray(at, at + 4)), offset: at + 8, length };
    at += 8 + length;
  }
}

const ROW = { STEP: 48, EVNT: 40 } as const;

/** Rows of an `EVNT` payload, after its count and loop: t0 and t1 (8 bytes each), kind, seq, a, b, c, d (4 each). */
function hasStop(payload: Uint8Array): boolean {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const count = view.getUint32(0, true);
  for (let i = 0; i < count; i++) if (view.getUint32(8 + i * ROW.EVNT + 16, true) === EventKind.stop) return true;
  return false;
}

/** The latest time that the trace tells of: the `end` of its steps, `t0` of its events. */
function lastTime(trace: Uint8Array): number {
  let last = 0;
  for (const { tag, offset, length } of chunks(trace)) {
    if (tag !== 'STEP' && tag !== 'EVNT') continue;
    const view = new DataView(trace.buffer, trace.byteOffset + offset, length);
    const count = view.getUint32(0, true);
    const first = tag === 'STEP' ? 24 : 8;
    for (let i = 0; i < count; i++) last = Math.max(last, view.getFloat64(first + i * ROW[tag], true));
  }
  return last;
}

function stopRecord(message: number, time: number): Uint8Array {
  const payload = new Uint8Array(48);
  const view = new DataView(payload.buffer);
  view.setUint32(0, 1, true);
  view.setFloat64(8, time, true);
  view.setFloat64(16, time, true);
  view.setUint32(24, EventKind.stop, true);
  view.setUint32(40, message, true);
  return payload;
}

function chunk(tag: string, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length);
  bytes.set(new TextEncoder().encode(tag));
  new DataView(bytes.buffer).setUint32(4, payload.length, true);
  bytes.set(payload, 8);
  return bytes;
}

function lines(rows: readonly unknown[][]): Uint8Array {
  const bytes = new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8).fill(0x20);
  padded.set(bytes);
  return padded;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
