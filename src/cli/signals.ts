import { constants } from 'node:os';
import { Exit } from './exit';

/** Forwards signals to the program: the first Ctrl+C interrupts it, the second stops it, the third kills it. */
export class Signals {
  readonly #interrupt = new AbortController();
  readonly #end = new AbortController();
  readonly #kill = new AbortController();
  #running = false;
  #awaited: (() => void) | undefined;
  #code: number | undefined;

  /** Aborts to interrupt the program, as Ctrl+C does. */
  get interrupt(): AbortSignal {
    return this.#interrupt.signal;
  }

  /** Aborts to stop the program, and record where it is. */
  get end(): AbortSignal {
    return this.#end.signal;
  }

  /** Aborts to kill the program. */
  get kill(): AbortSignal {
    return this.#kill.signal;
  }

  /** Tells whether a program is running. Otherwise a signal ends the command itself. */
  running(on: boolean): void {
    this.#running = on;
  }

  /** Resolves with the next one, which then ends nothing. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited = resolve;
    });
  }

  take(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void {
    if (this.#awaited) {
      this.#awaited();
      this.#awaited = undefined;
      return;
    }
    this.#code = 128 + constants.signals[signal];
    if (!this.#running) process.exit(this.#code);
    if (signal !== 'SIGINT') this.#end.abort();
    else if (!this.interrupt.aborted) this.#interrupt.abort();
    else if (!this.end.aborted) this.#end.abort();
    else this.#kill.abort();
  }

  /** The exit code of the command: after a cancelled run, that of the signal. */
  exitCode(code: number): number {
    return code === Exit.cancelled ? (this.#code ?? code) : code;
  }
}
