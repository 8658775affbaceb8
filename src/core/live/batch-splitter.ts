import { checkHeader, HEADER_BYTES } from '../trace/read';

/** Large enough to be worth a call, small enough to be processed between two frames: a few hundred steps. */
const BATCH_BYTES = 16 << 10;
const [MARK, END] = ['MARK', 'END '].map((tag) => [...tag].map((letter) => letter.charCodeAt(0)));

/**
 * Splits a stream of bytes into batches that are complete in themselves: the tracer writes a `MARK` after each.
 * Each batch begins at a multiple of 8 in its own buffer, as typed arrays need it.
 */
export class BatchSplitter {
  #bytes = new Uint8Array(BATCH_BYTES);
  #length = 0;
  /** End of the batches that were returned. */
  #done = 0;
  /** End of the chunks that are known to be complete, and of the last complete batch. */
  #scanned = 0;
  #whole = 0;
  #begun = false;

  push(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** @returns the chunks of one or more batches; undefined if none is complete @throws TraceError if the stream is no trace */
  next(): Uint8Array | undefined {
    if (!this.ready) return undefined;
    const batch = this.#bytes.slice(this.#done, this.#whole);
    this.#done = this.#whole;
    return batch;
  }

  /** Whether a batch is complete. @throws TraceError if the stream is no trace */
  get ready(): boolean {
    if (!this.#begun) {
      if (this.#length < HEADER_BYTES) return false;
      checkHeader(this.#bytes.subarray(0, HEADER_BYTES));
      this.#begun = true;
      this.#done = this.#scanned = this.#whole = HEADER_BYTES;
    }
    const view = new DataView(this.#bytes.buffer);
    while (this.#scanned + 8 <= this.#length && this.#whole - this.#done < BATCH_BYTES) {
      const end = this.#scanned + 8 + view.getUint32(this.#scanned + 4, true);
      if (end > this.#length) break;
      if (this.#is(MARK) || this.#is(END)) this.#whole = end;
      this.#scanned = end;
    }
    return this.#whole > this.#done;
  }

  #is(tag: readonly number[]): boolean {
    return tag.every((byte, i) => this.#bytes[this.#scanned + i] === byte);
  }

  #makeRoom(more: number): void {
    const left = this.#length - this.#done;
    const target = left + more > this.#bytes.length / 2 ? new Uint8Array(2 * (left + more)) : this.#bytes;
    target.set(this.#bytes.subarray(this.#done, this.#length));
    this.#bytes = target;
    this.#scanned -= this.#done;
    this.#whole -= this.#done;
    this.#length = left;
    this.#done = 0;
  }
}
