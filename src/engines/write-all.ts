import { writeSync } from 'node:fs';

/**
 * Writes all of `bytes` at the file's end: the system may take less than it was given, which is no error to it. @returns never short
 * @throws an error of the file system; what fitted before it was written
 */
export function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at);
}
