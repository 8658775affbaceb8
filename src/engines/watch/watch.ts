import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Recent } from '../../core/recent/recent';
import type { FromWatch, ToWatch, WatchOptions } from './messages';

/** Name of the thread's bundle in the `dist` folder. */
const BUNDLE = 'watch.js';
const MOST_BACKLOG = 8 << 20;

export interface WatchListener {
  recent(recent: Recent): void;
  /** What came cannot be read, or the thread ended. */
  failed(message: string): void;
}

/** Tells what a program did in its last seconds while its trace grows. */
export class Watch {
  readonly #thread: Worker;
  #closed = false;
  /** Bytes that were pushed and not taken in yet. */
  #backlog = 0;
  #drained = () => {};

  /** @param assets the `dist` folder */
  constructor(assets: string, options: WatchOptions, listener: WatchListener) {
    this.#thread = new Worker(join(assets, BUNDLE), { workerData: options });
    // It never keeps the command from its end.
    this.#thread.unref();
    this.#thread.on('message', (message: FromWatch) => {
      if (this.#closed) return;
      if (message.kind === 'taken') this.#taken(message.count);
      else if (message.kind === 'recent') listener.recent(message.recent);
      else listener.failed(message.message);
    });
    this.#thread.on('error', (error) => {
      if (!this.#closed) listener.failed(error.message);
    });
  }

  push(bytes: Uint8Array): void {
    // A copy: whoever gave the bytes goes on using them, and a message would carry the whole buffer that they are a part of.
    const copy = new Uint8Array(bytes);
    this.#backlog += bytes.length;
    this.#send({ kind: 'bytes', bytes: copy }, [copy.buffer]);
  }

  /** Until there is room for more: of what is read from a file no more than that waits in memory. */
  async drained(): Promise<void> {
    if (this.#backlog > MOST_BACKLOG && !this.#closed) await new Promise<void>((resolve) => (this.#drained = resolve));
  }

  #taken(count: number): void {
    this.#backlog -= count;
    if (this.#backlog <= MOST_BACKLOG) this.#drained();
  }

  /** What comes is another trace. */
  anew(): void {
    this.#send({ kind: 'anew' });
  }

  /** See `ToWatch`. */
  set growing(on: boolean) {
    this.#send({ kind: 'growing', on });
  }

  #send(message: ToWatch, transfer: ArrayBuffer[] = []): void {
    if (!this.#closed) this.#thread.postMessage(message, transfer);
  }

  close(): void {
    this.#closed = true;
    this.#drained();
    void this.#thread.terminate();
  }
}
