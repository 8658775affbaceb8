import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Ask } from '../engines/engine';

/** The command's own standard input, for a program that cannot read it itself: reads a line only when the program wants one. */
export class TypedInput {
  #lines: Interface | undefined;
  readonly #ready: string[] = [];
  #ended = false;
  #arrived = () => {};

  /** @param stdin is touched only when something is read, since an interpreter may inherit it */
  constructor(private readonly stdin: () => Readable) {}

  readonly ask: Ask = async (_before, signal) => {
    this.#open();
    const over = () => this.#arrived();
    signal.addEventListener('abort', over);
    while (this.#ready.length === 0 && !this.#ended && !signal.aborted)
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    signal.removeEventListener('abort', over);
    return this.#ready.shift();
  };

  close(): void {
    if (!this.#lines) return;
    this.#lines.close();
    this.stdin().pause();
  }

  /** The terminal itself echoes and edits the input. */
  #open(): void {
    if (this.#lines) return;
    this.#lines = createInterface({ input: this.stdin(), terminal: false, crlfDelay: Number.POSITIVE_INFINITY });
    this.#lines.on('line', (line) => {
      this.#ready.push(`${line}\n`);
      this.#arrived();
    });
    this.#lines.on('close', () => {
      this.#ended = true;
      this.#arrived();
    });
  }
}
