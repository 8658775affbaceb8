import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { inMemory, type TraceSource } from '../core/trace/source';
import { FileSource } from '../engines/record/file-source';

/**
 * Reads a trace file of any size without holding all of it. `read` is also told when the file was written, in ms since 1970.
 * @throws an error of the file system, with `path`, or what `read` throws
 */
export async function withTraceFile<T>(
  path: string,
  read: (trace: TraceSource, written: number) => T | Promise<T>,
): Promise<T> {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const found = fstatSync(fd);
    // A pipe is read once, from its beginning to its end.
    const trace = found.isFile() ? new FileSource(fd, found.size) : inMemory(new Uint8Array(readFileSync(fd)));
    return await read(trace, found.mtimeMs);
  } catch (error) {
    // Errors of reading name no file.
    if (isReading(error)) Object.assign(error, { path });
    throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function isReading(error: unknown): error is NodeJS.ErrnoException {
  const { syscall, path } = error as NodeJS.ErrnoException;
  return path === undefined && (syscall === 'read' || syscall === 'open' || syscall === 'fstat');
}
