import { writeSync } from 'node:fs';

/**
 * Appends all of `bytes` to a file: the system may accept less than it was given, without an error.
 * @throws an error of the file system; what fitted was written
 */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at);
}
