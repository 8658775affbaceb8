/** Where the bytes of a trace are: in memory, in pieces, or in a file that is read a part at a time. */
export interface TraceSource {
  readonly length: number;
  /**
   * `length` bytes from `at` on, all of which are there. They begin at a multiple of 8 of their buffer where `at` is one, and are good
   * until the next call.
   */
  bytes(at: number, length: number): Uint8Array;
}

/** A trace in one piece. */
export function inMemory(given: Uint8Array): TraceSource {
  // Rows are read in place, which needs 8-byte alignment of the buffer itself.
  const all = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  return { length: all.length, bytes: (at, length) => all.subarray(at, at + length) };
}

/** A trace as it came, piece by piece: none of it is copied but what is read across the end of a piece. */
export function inPieces(parts: readonly Uint8Array[]): TraceSource {
  const starts: number[] = [];
  let length = 0;
  for (const part of parts) {
    starts.push(length);
    length += part.length;
  }
  // Most reads are of the piece of the read before.
  let nth = 0;
  return {
    length,
    bytes(at, count) {
      nth = partAt(starts, nth, at);
      const within = at - (starts[nth] ?? 0);
      const part = parts[nth];
      if (!part) return new Uint8Array(0);
      if (within + count <= part.length && (part.byteOffset + within) % 8 === at % 8)
        return part.subarray(within, within + count);
      return copied(parts, starts, nth, at, count);
    },
  };
}

function partAt(starts: readonly number[], from: number, at: number): number {
  let nth = from;
  while (nth > 0 && starts[nth] > at) nth--;
  while (nth + 1 < starts.length && starts[nth + 1] <= at) nth++;
  return nth;
}

function copied(
  parts: readonly Uint8Array[],
  starts: readonly number[],
  first: number,
  at: number,
  count: number,
): Uint8Array {
  // As far from a multiple of 8 as the place itself is.
  const shift = at % 8;
  const made = new Uint8Array(shift + count).subarray(shift);
  for (let nth = first, done = 0; done < count && nth < parts.length; nth++) {
    const from = at + done - starts[nth];
    const taken = parts[nth].subarray(from, from + count - done);
    made.set(taken, done);
    done += taken.length;
  }
  return made;
}
