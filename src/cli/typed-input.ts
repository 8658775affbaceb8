import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Ask } from '../engines/engine';

/** The command's own standard input, for a program that cannot read it itself: a line whenever it wants one, and not before. */
export class TypedInput {
  #lines: Interface | undefined;
  readonly #ready: string[] = [];
  #ended = false;
  #arrived = () => {};

  /** @param stdin is looked at only when something is read: an interpreter that inherits it must find it as it was */
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

  /** The terminal itself shows and edits what is typed. */
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
