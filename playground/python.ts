import { joined } from '../src/core/joined';
import type { RunOrder } from '../src/engines/embedded/protocol';
import { withStopRecord } from '../src/engines/stop-record';
import type { FromPython, ToPython } from './python-messages';

/** How a run ended: a whole trace, or why there is none. */
export interface Ended {
  readonly trace: Uint8Array<ArrayBuffer>;
  readonly failure?: string;
}

/** Why the page ends a run before its program does. */
export interface Stop {
  readonly reason: 'cancelled' | 'wall-time';
  readonly message: string;
}

/** The Python of the page: one worker, kept between runs and replaced when it had to be ended. */
export class Python {
  #worker: Worker | undefined;
  #ready: Promise<void> | undefined;
  #stop: ((stop: Stop) => void) | undefined;

  /** Loads it ahead of the first run. @throws what the worker could not load */
  load(): Promise<void> {
    if (this.#ready) return this.#ready;
    const worker = new Worker('python-worker.js', { type: 'module' });
    this.#worker = worker;
    this.#ready = new Promise<void>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromPython>) => {
        if (data.type === 'ready') resolve();
        else if (data.type === 'failed') reject(new Error(data.message));
      };
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    this.#ready.catch(() => this.#end());
    return this.#ready;
  }

  /** Runs a program; `limit` ends it after its seconds. Only one at a time. @throws what could not be loaded */
  async run(order: RunOrder, limit: Stop & { readonly seconds: number }): Promise<Ended> {
    await this.load();
    const worker = this.#worker!;
    const parts: Uint8Array[] = [];
    return new Promise((resolve) => {
      const finish = (failure?: string) => {
        clearTimeout(timer);
        this.#stop = undefined;
        resolve({ trace: joined(parts), ...(failure === undefined ? {} : { failure }) });
      };
      this.#stop = (stop) => {
        this.#end();
        clearTimeout(timer);
        this.#stop = undefined;
        resolve({ trace: new Uint8Array(withStopRecord(joined(parts), stop)) });
      };
      const timer = setTimeout(() => this.#stop?.(limit), limit.seconds * 1000);
      worker.onmessage = ({ data }: MessageEvent<FromPython>) => {
        if (data.type === 'bytes') {
          if (data.kind === 'trace') parts.push(data.bytes);
        } else if (data.type === 'done') {
          if (data.over) this.#end();
          finish();
        } else if (data.type === 'failed') {
          this.#end();
          finish(data.message);
        }
      };
      worker.postMessage({ order } satisfies ToPython);
    });
  }

  /** Ends the run, if there is one. */
  stop(stop: Stop): void {
    this.#stop?.(stop);
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = undefined;
  }
}
