import { joined } from '../core/joined';
import { EventKind } from '../core/trace/events';
import { hasEnd, ofMemory, scanTrace, type TraceExtent } from './record/scan';

/** Why a trace ends before its program does, for whoever opens it. */
export interface Stop {
  readonly reason: string;
  readonly message: string;
}

/**
 * A program that was killed leaves a trace without an end. The host knows why it ended: this adds that to the trace, so that whoever
 * opens the file later is told. The last chunk, if it was cut off, is dropped; what was recorded stays as it is.
 */
export function withStopRecord(trace: Uint8Array, stop: Stop): Uint8Array {
  const bytes = ofMemory(trace);
  if (hasEnd(bytes)) return trace;
  const found = scanTrace(bytes);
  if (found.complete || found.length === 0) return trace;
  return joined([trace.subarray(0, found.length), stopChunks(found, stop)]);
}

/** The chunks that say so, to append after the last complete chunk. */
export function stopChunks({ strings, last }: Pick<TraceExtent, 'strings' | 'last'>, stop: Stop): Uint8Array {
  const text = strings + 1;
  return joined([chunk('DEFS', lines([['str', text, JSON.stringify(stop)]])), chunk('EVNT', stopRecord(text, last))]);
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
