import { gzipSync } from 'node:zlib';
import type { TraceSource } from '../core/trace/source';

/** Bytes to compress at once, so that a large trace is never in memory as a whole. */
const PIECE = 4 << 20;

/** gzip, as base64: what an exported page unpacks with `DecompressionStream`. */
export function packed(bytes: Uint8Array | string): string {
  return gzipSync(bytes, { level: 9 }).toString('base64');
}

/** A trace as JSON text: an array of packed pieces. Browsers refuse a stream of several gzip members, so each piece is one by itself. */
export function* packedTrace(trace: TraceSource): Generator<string> {
  yield '[';
  for (let at = 0; at < trace.length; at += PIECE) {
    const piece = packed(trace.bytes(at, Math.min(PIECE, trace.length - at)));
    yield `${at > 0 ? ',' : ''}"${piece}"`;
  }
  yield ']';
}
