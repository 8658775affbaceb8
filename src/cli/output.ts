import { fstatSync } from 'node:fs';
import { writeAll } from '../engines/write-all';
import type { Output } from './screen';

/** The command cannot write where its own output goes. */
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
 * What the command writes to. Node writes to a file once and does not look at how much of it was taken: a file that is full, or may not
 * grow, would lose the rest without a word.
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

/** Writes piece by piece, and no faster than the reader takes it. */
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
    // Nobody reads any more.
    to.once?.('close', done);
  });
}
