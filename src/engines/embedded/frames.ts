/**
 * How the host and the process of the embedded Python talk: frames over the process's standard input and output.
 * A frame is the length of its payload (4 bytes, little-endian), its kind (1 byte), and the payload.
 */

export const Kind = { message: 1, trace: 2, stdout: 3, stderr: 4 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const HEAD = 5;
/** No side ever sends a larger payload; a longer one means that what arrives are no frames. */
const MOST = 1 << 30;

export interface Frame {
  readonly kind: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

export function frameHead(kind: Kind, length: number): Uint8Array {
  const head = new Uint8Array(HEAD);
  new DataView(head.buffer).setUint32(0, length, true);
  head[4] = kind;
  return head;
}

export function messageFrame(message: unknown): Uint8Array {
  const payload = new TextEncoder().encode(JSON.stringify(message));
  const frame = new Uint8Array(HEAD + payload.length);
  frame.set(frameHead(Kind.message, payload.length));
  frame.set(payload, HEAD);
  return frame;
}

/** Puts frames together from the pieces in which they arrive. */
export class FrameReader {
  #parts: Uint8Array[] = [];
  #held = 0;
  /** Bytes that the next frame takes, with its head; 0: its head is not here yet. */
  #needed = 0;

  /** @throws RangeError if a frame claims to be larger than any is. */
  push(bytes: Uint8Array): Frame[] {
    this.#parts.push(bytes);
    this.#held += bytes.length;
    const frames: Frame[] = [];
    for (;;) {
      if (this.#held < Math.max(HEAD, this.#needed)) return frames;
      const whole = this.#joined();
      const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0, true);
      if (length > MOST) throw new RangeError(`A frame of ${length} bytes.`);
      this.#needed = HEAD + length;
      if (this.#held < this.#needed) return frames;
      frames.push({ kind: whole[4], payload: whole.slice(HEAD, this.#needed) });
      this.#parts = [whole.subarray(this.#needed)];
      this.#held -= this.#needed;
      this.#needed = 0;
    }
  }

  #joined(): Uint8Array {
    if (this.#parts.length === 1) return this.#parts[0];
    const whole = new Uint8Array(this.#held);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.#parts = [whole];
    return whole;
  }
}
