import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import * as zlib from 'node:zlib';
import { writeAll } from '../write-all';

/**
 * A file with the memory of a Python that is loaded and warmed up: the snapshot as Pyodide made it, without the half of it that is
 * nothing but zeros, and a checksum, so that one that was cut off or changed is seen.
 *
 * u32 mark · u32 bytes of the snapshot · u32 stretches · for each stretch u32 where it begins and u32 its length, in bytes · the
 * stretches · u32 checksum of all that.
 */

const MARK = 0x31534f43;
const HEAD_WORDS = 3;
/** A stretch of zeros that is shorter is written as it is. */
const PAGE = 4096;
/** Beyond this it is none that was written here (stretches, bytes). */
const MOST_STRETCHES = 10_000;
const MOST_BYTES = 2 ** 30;

/** Where this runs there is nothing left of Node's own globals, such as `Buffer`. @throws an error of the file system */
export function writeSnapshot(fd: number, snapshot: Uint8Array): void {
  const stretches = stretchesOf(snapshot);
  const head = Uint32Array.of(MARK, snapshot.length, stretches.length, ...stretches.flat());
  const parts = [bytesOf(head), ...stretches.map(([from, length]) => snapshot.subarray(from, from + length))];
  let sum = 0;
  for (const part of parts) {
    writeAll(fd, part);
    sum = checksum(part, sum);
  }
  writeAll(fd, bytesOf(Uint32Array.of(sum)));
}

/** @returns undefined if there is none that is whole. Never throws. */
export function readSnapshot(path: string): Uint8Array<ArrayBuffer> | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    return snapshotIn(fd);
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function snapshotIn(fd: number): Uint8Array<ArrayBuffer> | undefined {
  const size = fstatSync(fd).size;
  const start = new Uint32Array(HEAD_WORDS);
  let sum = checksum(filled(fd, bytesOf(start)), 0);
  const [mark, length, count] = start;
  if (mark !== MARK || length > MOST_BYTES || count > MOST_STRETCHES) return undefined;
  const stretches = new Uint32Array(2 * count);
  sum = checksum(filled(fd, bytesOf(stretches)), sum);
  let whole = 4 * (HEAD_WORDS + 2 * count + 1);
  for (let i = 1; i < stretches.length; i += 2) whole += stretches[i];
  if (whole !== size) return undefined;
  // The system gives zeros, which need not be read.
  const snapshot = new Uint8Array(length);
  for (let i = 0; i < stretches.length; i += 2) {
    const part = snapshot.subarray(stretches[i], stretches[i] + stretches[i + 1]);
    if (part.length !== stretches[i + 1]) return undefined;
    sum = checksum(filled(fd, part), sum);
  }
  const end = new Uint32Array(1);
  filled(fd, bytesOf(end));
  return end[0] === sum ? snapshot : undefined;
}

/** Where it is not zero: beginnings and lengths. */
function stretchesOf(snapshot: Uint8Array): [number, number][] {
  const found: [number, number][] = [];
  for (let from = 0; from < snapshot.length; from += PAGE) {
    const page = snapshot.subarray(from, from + PAGE);
    if (isZero(page)) continue;
    const last = found.at(-1);
    if (last && last[0] + last[1] === from) last[1] += page.length;
    else found.push([from, page.length]);
  }
  return found;
}

function isZero(page: Uint8Array): boolean {
  for (let i = 0; i < page.length; i++) if (page[i] !== 0) return false;
  return true;
}

/** Reads on until it is full. @throws an error of the file system, and where the file is shorter */
function filled(fd: number, bytes: Uint8Array): Uint8Array {
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(fd, bytes, at, bytes.length - at, null);
    if (count === 0) throw new RangeError('The file is shorter than it says.');
    at += count;
  }
  return bytes;
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** Against damage, not against malice: a fifteenth of what SHA-256 costs at each start. Node before 20.15 has no CRC-32. */
function checksum(bytes: Uint8Array, before: number): number {
  const { crc32 } = zlib as { crc32?: (bytes: Uint8Array, before: number) => number };
  if (crc32) return crc32(bytes, before);
  return createHash('sha256').update(`${before} `).update(bytes).digest().readUInt32LE();
}
