import { Kind } from './frames';

/** A batch is sent when it is this large, or this old (ms): 10⁵ prints must not become 10⁵ frames, and a slow program is still seen live. */
const SIZE = 1 << 16;
const AGE = 50;

type Send = (kind: Kind, bytes: Uint8Array) => void;

/** Batches what a run writes, in order. */
export class Outbox {
  #stream: 'stdout' | 'stderr' = 'stdout';
  #text = new Batch();
  #trace = new Batch();
  /** Sends the first bytes at once, so that a run that has to be killed has a record at least of its beginning. */
  #since = Number.NEGATIVE_INFINITY;
  #ended = false;

  constructor(
    private readonly send: Send,
    private readonly now: () => number,
  ) {}

  /** The program was stopped: what it still writes while its frames are unwound belongs to no run. */
  endOutput(): void {
    this.#ended = true;
  }

  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): number {
    if (this.#ended) return bytes.length;
    if (stream !== this.#stream) this.#sendText();
    this.#stream = stream;
    this.#text.add(bytes);
    this.#sendIfDue(this.#text.length);
    return bytes.length;
  }

  trace(bytes: Uint8Array): void {
    this.#trace.add(bytes);
    this.#sendIfDue(this.#trace.length);
  }

  /** Sends a batch that is old enough, even if the program writes nothing more. */
  sendOld(): void {
    if (this.#text.length + this.#trace.length > 0) this.#sendIfDue(0);
  }

  flush(): void {
    this.#sendText();
    if (this.#trace.length > 0) this.send(Kind.trace, this.#trace.taken());
    this.#since = this.now();
  }

  #sendText(): void {
    if (this.#text.length > 0) this.send(Kind[this.#stream], this.#text.taken());
  }

  #sendIfDue(size: number): void {
    if (size >= SIZE || this.now() - this.#since >= AGE) this.flush();
  }
}

class Batch {
  #parts: Uint8Array[] = [];
  length = 0;

  add(bytes: Uint8Array): void {
    // Copy: the bytes are in Python's memory.
    this.#parts.push(bytes.slice());
    this.length += bytes.length;
  }

  taken(): Uint8Array {
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    this.length = 0;
    return whole;
  }
}
