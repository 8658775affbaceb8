import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/** Bytes of the largest read that every system does at once. */
const PIECE = 1 << 28;

/** The bytes of a file of any size, with no second copy of them. @throws an error of the file system, with `path` */
export function readTraceFile(path: string): Uint8Array<ArrayBuffer> {
  const fd = openSync(path, 'r');
  try {
    const found = fstatSync(fd);
    if (!found.isFile()) return new Uint8Array(readFileSync(fd));
    const bytes = new Uint8Array(found.size);
    let at = 0;
    while (at < bytes.length) {
      const count = readSync(fd, bytes, at, Math.min(PIECE, bytes.length - at), at);
      // It was cut off meanwhile.
      if (count === 0) break;
      at += count;
    }
    return at < bytes.length ? bytes.subarray(0, at) : bytes;
  } catch (error) {
    throw Object.assign(error as Error, { path });
  } finally {
    closeSync(fd);
  }
}
