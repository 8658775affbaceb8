import { Uri, workspace } from 'vscode';
import { ZONES } from '../../engines/embedded/load';
import type { WorkerLike, WorkerParts } from '../../engines/worker/home';
import { snapshotStore } from './snapshots';

export interface PythonFiles extends WorkerParts {
  /** Of its Python. */
  readonly version: string;
}

/**
 * The files of the embedded Python, read once through VS Code, which knows where the extension lies: the workers ask nothing of a network.
 * @param cache folder for what can be made again
 * @throws an error of the file system
 */
export async function pythonFiles(assets: Uri, cache: Uri): Promise<PythonFiles> {
  const read = (...path: string[]) => workspace.fs.readFile(Uri.joinPath(assets, ...path));
  const [program, asm, api, wasm, library, lock, tracer, zones] = await Promise.all([
    read('browser', 'python-worker.js'),
    read('pyodide', 'pyodide.asm.mjs'),
    read('pyodide', 'pyodide.mjs'),
    read('pyodide', 'pyodide.asm.wasm'),
    read('pyodide', 'python_stdlib.zip'),
    read('pyodide', 'pyodide-lock.json'),
    read('browser', 'tracer.json'),
    read('python', ZONES),
  ]);
  const { info } = json(lock) as { readonly info: { readonly python: string } };
  const encoder = new TextEncoder();
  const texts = Object.entries(json(tracer) as Record<string, string>);
  const script = address(program);
  const [module, snapshots] = await Promise.all([
    WebAssembly.compile(exact(wasm)),
    snapshotStore(cache, [program, asm, api, wasm, library, tracer]),
  ]);
  return {
    version: info.python,
    snapshots,
    start: () => new Worker(script, { name: 'Coroscope: Python' }) as unknown as WorkerLike,
    load: {
      type: 'load',
      asm: address(asm),
      api: address(api),
      module,
      library: exact(library),
      info,
      tracer: [
        ...texts.map(([path, text]) => ({ path, data: encoder.encode(text) })),
        { path: ZONES, data: exact(zones) },
      ],
    },
  };
}

function json(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function exact(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** For as long as the extension runs. */
function address(script: Uint8Array): string {
  return URL.createObjectURL(new Blob([exact(script)], { type: 'text/javascript' }));
}
