import { joined } from '../src/core/joined';
import type { Translate } from '../src/core/translate';
import { PythonEngine } from '../src/engines/embedded/python-engine';
import type { RunRequest, StopReason } from '../src/engines/engine';
import { withStopRecord } from '../src/engines/stop-record';
import { WorkerHome } from '../src/engines/worker/home';
import { pythonFiles } from './python-files';

/** Bytes that a program may take. */
const MEMORY = 2 ** 30;

/** How a run ended: a whole trace, or why there is none. */
export interface Ended {
  readonly trace: Uint8Array<ArrayBuffer>;
  readonly failure?: string;
  /** Why it was stopped: its trace may have nothing in it. */
  readonly stopped?: string;
}

/** The Python of the page: one worker, kept between runs and replaced when it had to be ended. */
export class Python {
  readonly #engine: PythonEngine;
  #running: AbortController | undefined;

  constructor(t: Translate) {
    const files = pythonFiles();
    files.catch(() => {});
    this.#engine = new PythonEngine(() => new WorkerHome(files, MEMORY, t));
  }

  /**
   * Runs a program.
   * @param loaded called when Python is there
   * @param why what a trace says that ends before its program
   * @throws what could not be loaded
   */
  async run(request: RunRequest, loaded: () => void, why: (reason: StopReason) => string): Promise<Ended> {
    const running = new AbortController();
    this.#running = running;
    await Promise.race([
      this.#engine.warm(),
      new Promise<void>((stopped) => running.signal.addEventListener('abort', () => stopped())),
    ]);
    loaded();
    const parts: Uint8Array[] = [];
    const listener = { trace: (bytes: Uint8Array) => void parts.push(bytes), output() {} };
    const { stopped, broke } = await this.#engine.run(request, listener, running.signal);
    const trace = joined(parts);
    if (stopped) {
      const message = why(stopped);
      return { trace: new Uint8Array(withStopRecord(trace, { reason: stopped, message })), stopped: message };
    }
    return { trace, ...(broke === undefined ? {} : { failure: broke }) };
  }

  /** Ends the run, if there is one. */
  stop(): void {
    this.#running?.abort();
  }
}
