import { randomUUID } from 'node:crypto';
import { fstatSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TraceSource } from '../../core/trace/source';
import { type Stop, stopChunks } from '../stop-record';
import { writeAll } from '../write-all';
import { FileSource } from './file-source';
import type { FinishedTrace } from './finished';
import type { Recorder } from './recorder';
import { type Bytes, hasEnd, scanTrace } from './scan';

const PIECE = 1 << 20;
/** Bytes to cut off the end each time, if there is no room to append that the record is incomplete. */
const GIVEN_UP = 1 << 16;

export interface TraceFileListener {
  /** Called once, when it cannot be written any more. */
  failed(error: Error): void;
  /** What the trace says of that. */
  why(error: Error): Stop;
}

/**
 * A trace that is streamed to disk: whatever ends the program or this process, the record up to then is there.
 * If the disk is full, it keeps what fits, and the trace says that it is incomplete.
 */
export class TraceFile implements Recorder {
  #fd: number;
  #failure: Error | undefined;
  #length = 0;
  /** Its end was written by us, in the place of what stood there. */
  ended = false;

  /** @param flags as of `open` @throws an error of the file system */
  constructor(
    path: string,
    private readonly listener: TraceFileListener,
    flags = 'w+',
  ) {
    this.#fd = openSync(path, flags, flags.includes('x') ? 0o600 : 0o666);
  }

  /** A temporary file without a name, which is deleted with this process. @throws an error of the file system */
  static unnamed(listener: TraceFileListener): TraceFile {
    const path = join(tmpdir(), `coroscope-${randomUUID()}.coroscope`);
    const file = new TraceFile(path, listener, 'wx+');
    const remove = () => rmSync(path, { force: true });
    // An open file cannot be deleted on Windows.
    if (process.platform === 'win32') process.once('exit', remove);
    else remove();
    return file;
  }

  push(bytes: Uint8Array): void {
    if (this.#failure) return;
    try {
      writeAll(this.#fd, bytes);
      this.#length += bytes.length;
    } catch (error) {
      this.#failure = error as Error;
      this.listener.failed(this.#failure);
    }
  }

  /** What has come so far: it grows, and each read gives bytes of its own. */
  get growing(): TraceSource {
    const length = () => this.#length;
    return {
      get length() {
        return length();
      },
      bytes: (at, count) => this.#bytes().read(at, count),
    };
  }

  *soFar(): Generator<Uint8Array> {
    const { size, read } = this.#bytes();
    for (let at = 0; at < size; at += PIECE) yield read(at, Math.min(PIECE, size - at));
  }

  /** What it returns reads the file, which stays open until this process ends. */
  finish(stop: Stop | undefined): FinishedTrace {
    const why = this.#failure ? this.listener.why(this.#failure) : stop;
    if (why) this.#end(why);
    const { size, read } = this.#bytes();
    const source = new FileSource(this.#fd, size);
    return { length: size, bytes: (at, length) => source.bytes(at, length), whole: () => read(0, size) };
  }

  /** Makes room for the last word where there is none. */
  #end(stop: Stop): void {
    if (hasEnd(this.#bytes())) return;
    this.ended = true;
    let most: number | undefined;
    for (let less = GIVEN_UP; ; less *= 2) {
      const found = scanTrace(this.#bytes(), most);
      if (found.complete || found.length === 0) return;
      ftruncateSync(this.#fd, found.length);
      if (this.#append(found.length, stopChunks(found, stop))) return;
      most = Math.max(0, found.length - less);
    }
  }

  #append(at: number, bytes: Uint8Array): boolean {
    try {
      for (let done = 0; done < bytes.length; )
        done += writeSync(this.#fd, bytes, done, bytes.length - done, at + done);
      return true;
    } catch {
      ftruncateSync(this.#fd, at);
      return false;
    }
  }

  #bytes(): Bytes {
    const fd = this.#fd;
    return {
      size: fstatSync(fd).size,
      read(at, length) {
        const bytes = new Uint8Array(length);
        for (let done = 0; done < length; ) {
          const count = readSync(fd, bytes, done, length - done, at + done);
          if (count === 0) return bytes.subarray(0, done);
          done += count;
        }
        return bytes;
      },
    };
  }
}
