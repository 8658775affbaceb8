import { gzipSync } from 'node:zlib';
import type { TraceSource } from '../core/trace/source';

/** Bytes to compress at once, so that a large trace is never in memory as a whole. */
const PIECE = 4 << 20;

/** gzip, as base64: what an exported page unpacks with `DecompressionStream`. */
export function packed(bytes: Uint8Array | string): string {
  return gzipSync(bytes, { level: 9 }).toString('base64');
}

/**
 * gzip, in 85 letters that mean nothing in JSON or HTML: 6 % shorter than base64. Four bytes are five letters; the first five are the length.
 * The loader of the page reads it.
 */
export function dense(text: string): string {
  const bytes = gzipSync(text, { level: 9 });
  const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  const groups = [letters(bytes.length)];
  for (let at = 0; at < padded.length; at += 4) groups.push(letters(padded.readUInt32BE(at)));
  return groups.join('');
}

function letters(number: number): string {
  let text = '';
  for (let rest = number, i = 0; i < 5; i++, rest = Math.floor(rest / 85)) text = letter(rest % 85) + text;
  return text;
}

/** From `(` on; `}` and `~` stand for the backslash and the less-than sign. */
function letter(digit: number): string {
  const code = digit + 40;
  return String.fromCharCode(code === 92 ? 125 : code === 60 ? 126 : code);
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
