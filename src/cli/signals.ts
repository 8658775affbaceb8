import { constants } from 'node:os';
import { Exit } from './exit';

/** What signals to the command do to the program that it runs: Ctrl+C reaches it, a second one ends it, a third kills it. */
export class Signals {
  readonly #interrupt = new AbortController();
  readonly #end = new AbortController();
  readonly #kill = new AbortController();
  #running = false;
  #code: number | undefined;

  /** The program is to end as with Ctrl+C. */
  get interrupt(): AbortSignal {
    return this.#interrupt.signal;
  }

  /** It is to be ended; what stands is recorded. */
  get end(): AbortSignal {
    return this.#end.signal;
  }

  /** It is to be ended at once. */
  get kill(): AbortSignal {
    return this.#kill.signal;
  }

  /** A program runs from now on, or no more: what else the command does just ends by a signal. */
  running(on: boolean): void {
    this.#running = on;
  }

  take(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void {
    this.#code = 128 + constants.signals[signal];
    if (!this.#running) process.exit(this.#code);
    if (signal !== 'SIGINT') this.#end.abort();
    else if (!this.interrupt.aborted) this.#interrupt.abort();
    else if (!this.end.aborted) this.#end.abort();
    else this.#kill.abort();
  }

  /** What the command ends with: of a run that was cancelled, the signal that did it. */
  exitCode(code: number): number {
    return code === Exit.cancelled ? (this.#code ?? code) : code;
  }
}
