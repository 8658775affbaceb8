import { fstatSync } from 'node:fs';
import { writeAll } from '../engines/write-all';
import type { Output } from './screen';

/** The command cannot write its own output. */
export class OutputError extends Error {
  override readonly name = 'OutputError';

  constructor(
    readonly stream: 'stdout' | 'stderr',
    readonly reason: NodeJS.ErrnoException,
  ) {
    super(reason.message);
  }
}

/**
 * The output of the command. Node does not check how many bytes of a write to a file were accepted: on a full disk, or at a size
 * limit, the rest would be lost silently.
 */
export function outputOf(stream: NodeJS.WriteStream & { readonly fd: number }, name: 'stdout' | 'stderr'): Output {
  if (stream.isTTY || !isFile(stream.fd)) return stream;
  return {
    write(text) {
      try {
        writeAll(stream.fd, Buffer.from(text));
      } catch (error) {
        throw new OutputError(name, error as NodeJS.ErrnoException);
      }
      return true;
    },
  };
}

function isFile(fd: number): boolean {
  try {
    const kind = fstatSync(fd);
    return kind.isFile() || kind.isCharacterDevice() || kind.isBlockDevice();
  } catch {
    return false;
  }
}

/** Writes in pieces, with backpressure. */
export async function writePieces(to: Output, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) if (to.write(piece) === false && to.once) await drained(to);
}

function drained(to: Output): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      to.off?.('drain', done);
      to.off?.('close', done);
      resolve();
    };
    to.once?.('drain', done);
    // The reader has gone.
    to.once?.('close', done);
  });
}
