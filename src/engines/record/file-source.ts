import { readSync } from 'node:fs';
import type { TraceSource } from '../../core/trace/source';
import { TraceError } from '../../core/trace/trace-error';

/** Bytes of the largest read that every system does at once. */
const PIECE = 1 << 28;
/** Size of the part that is in memory (bytes). */
const WINDOW = 1 << 20;

/** A file of which only a part is in memory at a time. The part moves to where something is read. */
export class FileSource implements TraceSource {
  #window = new Uint8Array(0);
  #from = 0;

  /** @param fd stays open for as long as this is read */
  constructor(
    private readonly fd: number,
    readonly length: number,
  ) {}

  /** @throws TraceError if the file is shorter by now, or an error of the file system */
  bytes(at: number, length: number): Uint8Array {
    const from = at - this.#from;
    if (from >= 0 && from + length <= this.#window.length) return this.#window.subarray(from, from + length);
    this.#from = at - (at % 8);
    const size = Math.min(this.length - this.#from, Math.max(WINDOW, at - this.#from + length));
    if (this.#window.length !== size) this.#window = new Uint8Array(size);
    if (filled(this.fd, this.#window, this.#from) < size) {
      this.#window = new Uint8Array(0);
      throw new TraceError('The file became shorter while it was read.');
    }
    return this.#window.subarray(at - this.#from, at - this.#from + length);
  }
}

/** @param from where in the file the bytes stand @returns how many there were @throws an error of the file system */
export function filled(fd: number, into: Uint8Array, from: number): number {
  let at = 0;
  while (at < into.length) {
    const count = readSync(fd, into, at, Math.min(PIECE, into.length - at), from + at);
    if (count === 0) break;
    at += count;
  }
  return at;
}
