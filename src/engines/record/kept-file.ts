import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import type { FlightRecorder } from '../flight/recorder';
import type { Stop } from '../stop-record';
import { writeAll } from '../write-all';
import type { FinishedTrace } from './finished';
import type { Recorder } from './recorder';
import type { TraceFileListener } from './trace-file';

/** How often the file is updated (ms); less often if writing is slow, so that it takes a small share of the time. */
const EVERY = 1_000;
const SHARE = 0.05;
/** Bytes that may be appended to a short file before it is rewritten. */
const LEAST_GROWTH = 1 << 20;

/**
 * The last seconds of a run, in memory and on disk: the file is at most about a second old, and survives this process.
 *
 * What is new is added to its end. Once that is as much as what it began with, it is written anew, under another name, and takes the
 * place of the one before: so it holds up to twice as much as is kept, and each byte is written about twice.
 */
export class KeptFile implements Recorder {
  readonly #timer: NodeJS.Timeout;
  #changed = false;
  #failed = false;
  #next = 0;
  /** The file, while it is added to. */
  #fd: number | undefined;
  /** Bytes that may still be added to it. */
  #room = 0;

  constructor(
    private readonly path: string,
    private readonly flight: FlightRecorder,
    private readonly listener: Pick<TraceFileListener, 'failed'>,
    private readonly least = LEAST_GROWTH,
  ) {
    this.#timer = setInterval(() => this.#update(), EVERY);
    this.#timer.unref();
  }

  push(bytes: Uint8Array): void {
    this.flight.push(bytes);
    this.#changed = true;
  }

  soFar(): Iterable<Uint8Array> {
    return this.flight.soFar();
  }

  finish(stop: Stop | undefined): FinishedTrace {
    clearInterval(this.#timer);
    const trace = this.flight.finish(stop);
    if (trace.length > 0) this.#tried(() => this.#rewrite([trace.whole()]));
    this.#close();
    return trace;
  }

  #update(): void {
    const now = performance.now();
    if (!this.#changed || this.#failed || now < this.#next) return;
    this.#tried(() => {
      if (this.#fd !== undefined && this.#room > 0) return this.#add(this.#fd);
      const window = this.flight.begin();
      if (!window) return;
      const { parts, size } = measured(window);
      this.#rewrite(parts);
      this.#room = Math.max(this.least, size());
    });
    this.#changed = false;
    const after = performance.now();
    this.#next = after + (after - now) / SHARE;
  }

  /** Where this ends in the middle of a chunk, the file opens up to there. */
  #add(fd: number): void {
    for (const part of this.flight.since()) {
      writeAll(fd, part);
      this.#room -= part.length;
    }
  }

  #rewrite(parts: Iterable<Uint8Array>): void {
    // Windows does not replace a file that is open.
    this.#close();
    const unfinished = `${this.path}.part`;
    try {
      const fd = openSync(unfinished, 'w');
      try {
        for (const part of parts) writeAll(fd, part);
      } finally {
        closeSync(fd);
      }
      renameSync(unfinished, this.path);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
    this.#fd = openSync(this.path, 'a');
  }

  #close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #tried(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!this.#failed) this.listener.failed(error as Error);
      this.#failed = true;
      this.flight.end();
    }
  }
}

function measured(given: Iterable<Uint8Array>) {
  let size = 0;
  function* parts() {
    for (const part of given) {
      size += part.length;
      yield part;
    }
  }
  return { parts: parts(), size: () => size };
}
