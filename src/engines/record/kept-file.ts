import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import type { Stop } from '../epilogue';
import type { FlightRecorder } from '../flight/recorder';
import { writeAll } from '../write-all';
import type { FinishedTrace } from './finished';
import type { Recorder } from './recorder';
import type { TraceFileListener } from './trace-file';

/** How often the file is brought up to date (ms); where writing takes long, so much longer that it takes a small share of the time. */
const EVERY = 1_000;
const SHARE = 0.05;

/**
 * The last seconds of a run, in memory and on the disk: the file holds what was kept a second ago, so that it survives this process. It
 * is replaced as a whole each time.
 */
export class KeptFile implements Recorder {
  readonly #timer: NodeJS.Timeout;
  #changed = false;
  #failed = false;
  #next = 0;

  constructor(
    private readonly path: string,
    private readonly flight: FlightRecorder,
    private readonly listener: Pick<TraceFileListener, 'failed'>,
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
    if (trace.length > 0) this.#write([trace.whole()]);
    return trace;
  }

  #update(): void {
    const now = performance.now();
    if (!this.#changed || this.#failed || now < this.#next) return;
    this.#changed = false;
    this.#write(this.flight.soFar());
    const after = performance.now();
    this.#next = after + (after - now) / SHARE;
  }

  #write(parts: Iterable<Uint8Array>): void {
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
      if (!this.#failed) this.listener.failed(error as Error);
      this.#failed = true;
    }
  }
}
