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

/** A snapshot in a file, read from its beginning to its end, into wherever its bytes belong. */
export class StoredSnapshot {
  #at = 0;
  #stretch = 0;

  private constructor(
    private readonly fd: number,
    /** In bytes, with its zeros. */
    readonly length: number,
    /** Beginnings and lengths. */
    private readonly stretches: Uint32Array,
    private sum: number,
  ) {}

  /** @returns undefined if there is none, or one that was cut off. Never throws. */
  static open(path: string): StoredSnapshot | undefined {
    let fd: number | undefined;
    try {
      fd = openSync(path, 'r');
      const snapshot = StoredSnapshot.#begin(fd);
      if (!snapshot) closeSync(fd);
      return snapshot;
    } catch {
      if (fd !== undefined) closeSync(fd);
      return undefined;
    }
  }

  static #begin(fd: number): StoredSnapshot | undefined {
    const size = fstatSync(fd).size;
    const start = filled(fd, new Uint32Array(HEAD_WORDS));
    const [mark, length, count] = start;
    if (mark !== MARK || length > MOST_BYTES || count > MOST_STRETCHES) return undefined;
    const stretches = filled(fd, new Uint32Array(2 * count));
    let whole = 4 * (HEAD_WORDS + 2 * count + 1);
    let end = 0;
    for (let i = 0; i < stretches.length; i += 2) {
      if (stretches[i] < end) return undefined;
      end = stretches[i] + stretches[i + 1];
      whole += stretches[i + 1];
    }
    if (whole !== size || end > length) return undefined;
    return new StoredSnapshot(fd, length, stretches, checksum(bytesOf(stretches), checksum(bytesOf(start), 0)));
  }

  /** Fills `bytes` with what comes next of the snapshot. @throws an error of the file system, and where there is not so much left */
  take<T extends Uint8Array>(bytes: T): T {
    if (this.#at + bytes.length > this.length) throw new RangeError('The snapshot is shorter.');
    for (let done = 0; done < bytes.length; ) {
      const zeros = Math.min(this.#zeros(), bytes.length - done);
      bytes.fill(0, done, done + zeros);
      this.#at += zeros;
      done += zeros;
      const part = bytes.subarray(done, done + this.#stored());
      this.sum = checksum(filled(this.fd, part), this.sum);
      this.#at += part.length;
      done += part.length;
    }
    return bytes;
  }

  /** How many zeros come before the next byte that is in the file. */
  #zeros(): number {
    const { stretches } = this;
    while (this.#stretch < stretches.length && this.#at >= stretches[this.#stretch] + stretches[this.#stretch + 1])
      this.#stretch += 2;
    const next = this.#stretch < stretches.length ? stretches[this.#stretch] : this.length;
    return Math.max(0, next - this.#at);
  }

  /** Number of bytes of the current stretch that are still to be read. */
  #stored(): number {
    const from = this.stretches[this.#stretch];
    return from === undefined || this.#at < from ? 0 : from + this.stretches[this.#stretch + 1] - this.#at;
  }

  /** To be called when all is taken. @throws where what was taken is not what was written */
  check(): void {
    const [sum] = filled(this.fd, new Uint32Array(1));
    if (this.#at !== this.length || sum !== this.sum) throw new Error('The snapshot is damaged.');
  }

  close(): void {
    closeSync(this.fd);
  }
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
function filled<T extends Uint8Array | Uint32Array>(fd: number, array: T): T {
  const bytes = bytesOf(array);
  for (let at = 0; at < bytes.length; ) {
    const count = readSync(fd, bytes, at, bytes.length - at, null);
    if (count === 0) throw new RangeError('The file is shorter than it says.');
    at += count;
  }
  return array;
}

function bytesOf(array: Uint8Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Against damage, not against malice: a fifteenth of what SHA-256 costs at each start. Node before 20.15 has no CRC-32. */
function checksum(bytes: Uint8Array, before: number): number {
  const { crc32 } = zlib as { crc32?: (bytes: Uint8Array, before: number) => number };
  if (crc32) return crc32(bytes, before);
  return createHash('sha256').update(`${before} `).update(bytes).digest().readUInt32LE();
}
