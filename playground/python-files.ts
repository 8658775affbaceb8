import { ZONES } from '../src/engines/embedded/load';
import type { WorkerLike, WorkerParts } from '../src/engines/worker/home';
import type { ToLoad } from '../src/engines/worker/messages';

/** The files of the embedded Python, beside the page. @throws if one does not come */
export async function pythonFiles(): Promise<WorkerParts> {
  const [library, wasm, lock, tracer, zones] = await Promise.all([
    fetched('pyodide/python_stdlib.zip'),
    fetched('pyodide/pyodide.asm.wasm'),
    fetched('pyodide/pyodide-lock.json'),
    fetched('tracer.json'),
    fetched(ZONES),
  ]);
  const at = (name: string) => new URL(name, window.location.href).href;
  const encoder = new TextEncoder();
  const texts = Object.entries(json(tracer) as Record<string, string>);
  let snapshot: ToLoad['snapshot'];
  return {
    // For as long as the page is open: the browser's own cache has the rest.
    snapshots: {
      get: () => snapshot,
      set: (made) => {
        snapshot = made;
      },
    },
    start: () => new Worker('python-worker.js') as unknown as WorkerLike,
    load: {
      type: 'load',
      asm: at('pyodide/pyodide.asm.mjs'),
      api: at('pyodide/pyodide.mjs'),
      module: await WebAssembly.compile(wasm),
      library,
      info: (json(lock) as { readonly info: unknown }).info,
      tracer: [...texts.map(([path, text]) => ({ path, data: encoder.encode(text) })), { path: ZONES, data: zones }],
    },
  };
}

async function fetched(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function json(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}
