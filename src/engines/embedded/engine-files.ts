import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type TracerFile, ZONES } from './load';

/** The program of the process that is the embedded Python. */
export const CHILD = 'embedded-python.mjs';

/** What is loaded beside the tracer. Their sizes tell one version of Pyodide from another; Pyodide itself looks whether it made a snapshot. */
const PYODIDE = ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'pyodide.mjs', 'python_stdlib.zip'];

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

/**
 * A hash of all that the memory of a loaded Python depends on: these files, and the V8 that runs them, since Python's functions stand at
 * other places of WebAssembly's table in another one. @throws an error of the file system if Coroscope is not complete
 */
export function engineKey(assets: string): string {
  const sum = createHash('sha256');
  sum.update(`${process.versions.v8}\n`);
  for (const name of PYODIDE) sum.update(`${name} ${statSync(join(assets, 'pyodide', name)).size}\n`);
  sum.update(readFileSync(join(assets, CHILD)));
  for (const { path, data } of tracerFiles(assets)) sum.update(`\n${path} ${data.length}\n`).update(data);
  return sum.digest('hex');
}
