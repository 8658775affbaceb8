import { closeSync, fstatSync, openSync } from 'node:fs';
import { type Uri, workspace } from 'vscode';
import { readDescription } from '../../core/trace/read';
import { inMemory, type TraceSource } from '../../core/trace/source';
import { FileSource } from '../../engines/record/file-source';
import { exactBytes } from '../recording/exact-bytes';
import type { StoredTrace } from '../recording/recording';

/**
 * Opens a trace file. A file on the disk is not read into memory; one of a virtual file system is.
 * @throws TraceError, or an error of the file system
 */
export async function openStored(uri: Uri): Promise<{ readonly stored: StoredTrace; close(): void }> {
  const file = uri.scheme === 'file' ? opened(uri.fsPath) : undefined;
  const source = file?.source ?? inMemory(exactBytes(await workspace.fs.readFile(uri)));
  const close = () => file?.close();
  try {
    const { meta, sites } = readDescription(source);
    const stored = { length: source.length, bytes: (at: number, length: number) => source.bytes(at, length) };
    return { stored: { ...stored, meta, sites }, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Undefined if it cannot be opened: VS Code says why. */
function opened(path: string): { readonly source: TraceSource; close(): void } | undefined {
  try {
    const fd = openSync(path, 'r');
    const found = fstatSync(fd);
    if (found.isFile()) return { source: new FileSource(fd, found.size), close: () => closeSync(fd) };
    closeSync(fd);
    return undefined;
  } catch {
    return undefined;
  }
}
