import { joined } from '../../core/joined';
import type { TraceSource } from '../../core/trace/source';

/** Largest message in bytes. Small messages let the page show its progress, and limit the memory on both sides. */
export const PIECE = 1 << 21;

/**
 * Sends the trace of a run to a page, a piece at a time: the next one when the page has the last. A fast program would otherwise fill
 * the queue between the two, and the end of the run would come much too late.
 */
export class TraceStream {
  /** Bytes of a live run that were not sent yet. */
  #held: Uint8Array[] = [];
  /** Source of a complete trace; the rest of it is read from here. */
  #whole: TraceSource | undefined;
  /** Number of bytes that the page was sent. */
  #sent = 0;
  /** The last bytes that were sent. */
  #last = new Uint8Array(0);
  #onItsWay = false;

  constructor(
    private readonly send: (bytes: Uint8Array<ArrayBuffer>) => void,
    /** The last piece of a complete trace was sent, or the rest cannot be read. */
    private readonly ended: (error?: unknown) => void = () => {},
  ) {}

  /** Queues the next bytes of a live run. */
  add(bytes: Uint8Array): void {
    this.#held.push(bytes);
    this.#next();
  }

  /**
   * The run is over: sends what the page does not have yet.
   * @returns the offset at which that begins; 0 if the page was sent another trace before
   */
  finish(all: TraceSource | Uint8Array): number {
    const trace = all instanceof Uint8Array ? inMemory(all) : all;
    const from = this.#begins(trace) ? this.#sent : 0;
    if (from === 0) this.clear();
    this.#held = [];
    this.#whole = trace;
    // The caller must announce the returned offset before the next bytes.
    queueMicrotask(() => this.#next());
    return from;
  }

  /** The page has received all that was sent so far. */
  received(): void {
    this.#onItsWay = false;
    this.#next();
  }

  /** A complete trace is being sent. */
  get finishing(): boolean {
    return this.#whole !== undefined;
  }

  /** Another run begins: drops what was not sent. */
  clear(): void {
    this.#held = [];
    this.#whole = undefined;
    this.#sent = 0;
    this.#last = new Uint8Array(0);
    this.#onItsWay = false;
  }

  /** Where a chunk was cut off, other bytes may take its place at the end of the run: the last piece tells. */
  #begins(trace: TraceSource): boolean {
    const last = this.#last;
    if (this.#sent > trace.length) return false;
    const same = trace.bytes(this.#sent - last.length, last.length);
    return last.every((byte, at) => byte === same[at]);
  }

  #next(): void {
    if (this.#onItsWay) return;
    let piece: Uint8Array<ArrayBuffer> | undefined;
    try {
      piece = this.#whole ? this.#fromWhole(this.#whole) : this.#fromHeld();
    } catch (error) {
      this.clear();
      this.ended(error);
      return;
    }
    if (piece) {
      this.#onItsWay = true;
      this.#sent += piece.length;
      this.#last = piece;
      this.send(piece);
    }
    if (this.#whole && this.#sent === this.#whole.length) {
      this.#whole = undefined;
      // The page does not keep the bytes of a trace that it has read, so a trace is always sent from its beginning.
      this.#sent = 0;
      this.#last = new Uint8Array(0);
      this.ended();
    }
  }

  #fromWhole(trace: TraceSource): Uint8Array<ArrayBuffer> | undefined {
    const length = Math.min(PIECE, trace.length - this.#sent);
    // A source reuses its buffer with the next call.
    return length > 0 ? new Uint8Array(trace.bytes(this.#sent, length)) : undefined;
  }

  #fromHeld(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#held.length === 0) return undefined;
    const parts: Uint8Array[] = [];
    let room = PIECE;
    while (this.#held.length > 0 && room > 0) {
      const [first] = this.#held;
      if (first.length <= room) this.#held.shift();
      else this.#held[0] = first.subarray(room);
      parts.push(first.subarray(0, room));
      room -= Math.min(room, first.length);
    }
    return joined(parts);
  }
}

/** Not imported from the trace reader: that is loaded later. */
export function inMemory(all: Uint8Array): TraceSource {
  return { length: all.length, bytes: (at, length) => all.subarray(at, at + length) };
}
