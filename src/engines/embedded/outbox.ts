import type { WorkerMessage } from './protocol';

/** A batch is sent when it is this large, or this old (ms): 10⁵ prints must not become 10⁵ messages, and a slow program is still seen live. */
const SIZE = 1 << 16;
const AGE = 50;

/** Gathers what a run writes into batches, in the order in which it was written. */
export class Outbox {
  #stream: 'stdout' | 'stderr' = 'stdout';
  #text = '';
  #trace: Uint8Array[] = [];
  #traced = 0;
  /** What comes first goes at once: of a run that has to be killed there is a record then, if only of its beginning. */
  #since = Number.NEGATIVE_INFINITY;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };

  constructor(private readonly send: (message: WorkerMessage) => void) {}

  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): number {
    if (stream !== this.#stream) this.#sendText();
    this.#stream = stream;
    this.#text += this.#decoders[stream].decode(bytes, { stream: true });
    this.#sendIfDue(this.#text.length);
    return bytes.length;
  }

  trace(bytes: Uint8Array): void {
    // What comes from Python's memory is only lent.
    this.#trace.push(bytes.slice());
    this.#traced += bytes.length;
    this.#sendIfDue(this.#traced);
  }

  flush(): void {
    this.#sendText();
    if (this.#traced > 0) {
      const bytes = new Uint8Array(this.#traced);
      let at = 0;
      for (const part of this.#trace) {
        bytes.set(part, at);
        at += part.length;
      }
      this.send({ type: 'trace', bytes });
    }
    this.#trace = [];
    this.#traced = 0;
    this.#since = performance.now();
  }

  #sendText(): void {
    if (this.#text !== '') this.send({ type: 'output', stream: this.#stream, text: this.#text });
    this.#text = '';
  }

  #sendIfDue(size: number): void {
    if (size >= SIZE || performance.now() - this.#since >= AGE) this.flush();
  }
}
