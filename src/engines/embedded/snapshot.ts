import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TracerFile, ZONES } from './load';

/**
 * The memory of a Python that is loaded and warmed up, made when Coroscope is built. It holds the tracer's code, so that it belongs to
 * exactly these files; whatever does not fit is left alone, and Python is loaded the long way.
 */

export interface SnapshotNote {
  /** Of all files that it was made from. */
  readonly sources: string;
  /** Whether WebAssembly has garbage collection: Python's functions stand at other places of its table then (it has from V8 11.9 on, Node 22). */
  readonly collects: boolean;
  /** SHA-256 of the snapshot. */
  readonly sha256: string;
}

/** What is loaded beside the tracer. Pyodide itself looks whether it made the snapshot; their sizes tell a copy that was cut off. */
const ENGINE = ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'pyodide.mjs', 'python_stdlib.zip'];

/** The program of the child. */
export const CHILD = 'embedded-python.mjs';
export const SNAPSHOT = 'pyodide/snapshot.bin';
export const SNAPSHOT_NOTE = 'pyodide/snapshot.json';

export function snapshotNote(assets: string, snapshot: Uint8Array): SnapshotNote {
  return { sources: sourcesKey(assets, tracerFiles(assets)), collects: collects(), sha256: hash([snapshot]) };
}

/** What is put into Python's file system: the tracer, and the time zones. */
export function tracerFiles(assets: string): TracerFile[] {
  const files: TracerFile[] = [];
  const visit = (folder: string, below: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${below}${entry.name}`;
      if (entry.isDirectory()) visit(join(folder, entry.name), `${path}/`);
      else if (entry.name.endsWith('.py')) files.push({ path, data: readFileSync(join(folder, entry.name)) });
    }
  };
  visit(join(assets, 'python', 'coroscope'), 'coroscope/');
  // Where `zoneinfo` looks for time zones that the system does not have.
  files.push({ path: ZONES, data: readFileSync(join(assets, 'python', ZONES)) });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @returns undefined if there is none, or it does not belong to these files. Never throws. */
export async function readSnapshot(
  assets: string,
  tracer: readonly TracerFile[],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const note = JSON.parse(readFileSync(join(assets, SNAPSHOT_NOTE), 'utf8')) as SnapshotNote;
    if (note.sources !== sourcesKey(assets, tracer) || note.collects !== collects()) return undefined;
    const bytes = await readFile(join(assets, SNAPSHOT));
    return note.sha256 === hash([bytes]) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : undefined;
  } catch {
    return undefined;
  }
}

export function sourcesKey(assets: string, tracer: readonly TracerFile[]): string {
  const sizes = ENGINE.map((name) => `${name} ${statSync(join(assets, 'pyodide', name)).size}`);
  const child = readFileSync(join(assets, CHILD));
  return hash([sizes.join('\n'), child, ...tracer.flatMap(({ path, data }) => [path, data])]);
}

function hash(parts: readonly (Uint8Array | string)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}

/** Node's types leave it out. */
declare const WebAssembly: { validate(bytes: Uint8Array): boolean };

/** A module with nothing in it but the type of a struct. */
function collects(): boolean {
  return WebAssembly.validate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 95, 1, 120, 0));
}
