import { type Uri, workspace } from 'vscode';
import { readDescription } from '../../core/trace/read';
import { inMemory } from '../../core/trace/source';
import { host } from '../host/host';
import { exactBytes } from '../recording/exact-bytes';
import type { RecordedTrace, StoredTrace } from '../recording/recording';

/** In bytes: a smaller trace is read at once, and its file is closed. */
const SMALL = 1 << 22;

/** A trace file as it is held while it is shown: a large one stays on the disk. @throws TraceError, or an error of the file system */
export async function recordedTrace(uri: Uri): Promise<RecordedTrace> {
  if (uri.scheme === 'file' && (await workspace.fs.stat(uri)).size > SMALL) return openStored(uri);
  return exactBytes(await workspace.fs.readFile(uri));
}

/**
 * Opens a trace file. A file on the disk is not read into memory; one of a virtual file system is.
 * @throws TraceError, or an error of the file system
 */
export async function openStored(uri: Uri): Promise<StoredTrace> {
  const file = await host().files.stored(uri);
  const source = file?.source ?? inMemory(exactBytes(await workspace.fs.readFile(uri)));
  const close = () => file?.close();
  try {
    const { meta, sites } = readDescription(source);
    const bytes = (at: number, length: number) => source.bytes(at, length);
    return { uri, length: source.length, bytes, meta, sites, close };
  } catch (error) {
    close();
    throw error;
  }
}
