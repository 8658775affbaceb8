/**
 * Streams a live run to a view, one piece at a time: the next piece, with all bytes since, is sent when the view has read the last. A fast
 * program would otherwise fill the queue of a slow view, which would show the end of the run much too late.
 */
export class Appends {
  #held: Uint8Array<ArrayBuffer>[] = [];
  #reading = false;

  constructor(private readonly send: (bytes: Uint8Array<ArrayBuffer>) => void) {}

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#held.push(bytes);
    this.#next();
  }

  /** The view has read what it was sent. */
  read(): void {
    this.#reading = false;
    this.#next();
  }

  /** Another run, or the end of this one: drops bytes that were not sent. */
  clear(): void {
    this.#held = [];
    this.#reading = false;
  }

  #next(): void {
    if (this.#reading || this.#held.length === 0) return;
    this.#reading = true;
    const parts = this.#held.splice(0);
    this.send(parts.length === 1 ? parts[0] : new Uint8Array(Buffer.concat(parts)));
  }
}
