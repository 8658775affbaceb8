import { Uri, workspace } from 'vscode';
import type { SnapshotStore } from '../../engines/worker/home';
import { gunzip, gzip } from './gzip';

const NAME = /^embedded-python-[0-9a-f]{64}\.gz$/;

/**
 * The memory of a loaded Python, kept in the storage of the browser: loading takes seconds, and starting from it does not. It is made
 * before any program runs.
 * @param engine all that it depends on
 */
export async function snapshotStore(folder: Uri, engine: readonly Uint8Array[]): Promise<SnapshotStore> {
  const file = Uri.joinPath(folder, `embedded-python-${await keyOf(engine)}.gz`);
  let current = await read(file);
  let isStored = current !== undefined;
  return {
    get: () => current,
    set(snapshot) {
      current = snapshot;
      if (!snapshot) {
        isStored = false;
        void quietly(workspace.fs.delete(file));
      } else if (!isStored) {
        isStored = true;
        void quietly(write(folder, file, snapshot));
      }
    },
  };
}

/** Python's functions stand at other places of WebAssembly's table in another browser. */
async function keyOf(engine: readonly Uint8Array[]): Promise<string> {
  const bytes = await new Blob([navigator.userAgent, ...engine.map((each) => new Uint8Array(each))]).arrayBuffer();
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Undefined: there is none, or it was damaged, which gzip tells. */
async function read(file: Uri): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await gunzip(new Uint8Array(await workspace.fs.readFile(file)));
  } catch {
    return undefined;
  }
}

async function write(folder: Uri, file: Uri, snapshot: Uint8Array<ArrayBuffer>): Promise<void> {
  const packed = await gzip(snapshot);
  await workspace.fs.createDirectory(folder);
  // Those of versions that are gone.
  for (const [name] of await workspace.fs.readDirectory(folder))
    if (NAME.test(name)) await quietly(workspace.fs.delete(Uri.joinPath(folder, name)));
  await workspace.fs.writeFile(file, packed);
}

/** Without it, loading only takes longer. */
async function quietly(work: Thenable<void>): Promise<void> {
  try {
    await work;
  } catch {
    // The storage is full, or there is none.
  }
}
