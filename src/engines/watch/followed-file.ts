import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** How often it is looked whether the file has grown (ms). */
const EVERY = 100;
const PIECE = 1 << 20;
/** A trace that was written to so recently is taken for one that grows (ms). */
const RECENTLY = 5_000;

export interface FileListener {
  /** The next bytes; the next ones are read when this is done. */
  bytes(bytes: Uint8Array): Promise<void>;
  /** Another file has its name, or it was written anew: what comes is another trace. */
  anew(): void;
  /** What there is was read. @param growing whether it is still written to, as far as can be told */
  caughtUp(growing: boolean, size: number): void;
}

/**
 * Reads a file while it grows, from its beginning, until `stop` aborts.
 * @param awaited it may not be there yet
 * @throws an error of the file system
 */
export async function followFile(
  path: string,
  options: { readonly awaited: boolean },
  listener: FileListener,
  stop: AbortSignal,
): Promise<void> {
  let { awaited } = options;
  let file: number | undefined;
  let at = 0;
  const open = () => {
    try {
      file = openSync(path, 'r');
      at = 0;
    } catch (error) {
      // Between two files of one name there is none.
      if (!awaited || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  };
  try {
    open();
    for (let told = false; !stop.aborted; ) {
      if (file !== undefined) {
        const begun = at;
        for (let bytes = next(file, at); bytes && !stop.aborted; bytes = next(file, at)) {
          at += bytes.length;
          await listener.bytes(bytes);
        }
        const { size, mtimeMs, ino } = fstatSync(file);
        if (at > begun || !told) listener.caughtUp(told || awaited || Date.now() - mtimeMs < RECENTLY, size);
        told = true;
        if (size < at || isOther(path, ino)) {
          closeSync(file);
          file = undefined;
          awaited = true;
          listener.anew();
        }
      }
      if (file === undefined) open();
      if (file === undefined || told) await later(EVERY, stop);
    }
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function next(file: number, at: number): Uint8Array | undefined {
  const bytes = new Uint8Array(PIECE);
  const count = readSync(file, bytes, 0, PIECE, at);
  return count === 0 ? undefined : bytes.subarray(0, count);
}

function isOther(path: string, ino: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.ino !== ino;
}

function later(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    }
    stop.addEventListener('abort', done);
  });
}
