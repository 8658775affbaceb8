import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeAll } from '../write-all';

/**
 * A file with the memory of a Python that is loaded and warmed up: the snapshot as Pyodide made it, and its SHA-256 behind it, so that
 * one that was cut off or changed is seen.
 */

export const HASH_BYTES = 32;

/** @throws an error of the file system */
export function writeSnapshot(fd: number, snapshot: Uint8Array): void {
  writeAll(fd, snapshot);
  writeAll(fd, hashOf(snapshot));
}

/** @returns undefined if there is none that is whole. Never throws. */
export async function readSnapshot(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const file = await readFile(path);
    const snapshot = file.subarray(0, -HASH_BYTES);
    if (!hashOf(snapshot).equals(file.subarray(-HASH_BYTES))) return undefined;
    return new Uint8Array(file.buffer as ArrayBuffer, file.byteOffset, snapshot.length);
  } catch {
    return undefined;
  }
}

function hashOf(snapshot: Uint8Array): Buffer {
  return createHash('sha256').update(snapshot).digest();
}
