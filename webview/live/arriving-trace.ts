import { inPieces, type TraceSource } from '../../src/core/trace/source';

/** Collects the bytes of a trace, from the first one of its run on: when the run is over only what is new has to come. */
export class ArrivingTrace {
  #parts: Uint8Array[] = [];
  #received = 0;
  #awaited: { readonly length: number; readonly complete: (trace: TraceSource) => void } | undefined;

  /** Another run: what came of the last one is dropped. */
  clear(): void {
    this.#parts = [];
    this.#received = 0;
    this.#awaited = undefined;
  }

  add(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#received += bytes.length;
    this.#complete();
  }

  /** Calls `complete` as soon as there are `length` bytes, of which the first `from` are there. */
  expect(from: number, length: number, complete: (trace: TraceSource) => void): void {
    if (from === 0) this.clear();
    this.#awaited = { length, complete };
    this.#complete();
  }

  /** How much there is of a trace that is awaited, in bytes. */
  get progress(): { readonly received: number; readonly length: number } | undefined {
    return this.#awaited && { received: this.#received, length: this.#awaited.length };
  }

  #complete(): void {
    const awaited = this.#awaited;
    if (!awaited || this.#received < awaited.length) return;
    const trace = inPieces(this.#parts);
    this.clear();
    awaited.complete(trace);
  }
}
