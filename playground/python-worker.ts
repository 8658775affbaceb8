import type { Kind } from '../src/engines/embedded/frames';
import { addDevices, load, type Pyodide } from '../src/engines/embedded/load';
import { Outbox } from '../src/engines/embedded/outbox';
import type { RunOrder } from '../src/engines/embedded/protocol';
import { enclose, seal } from '../src/engines/embedded/realm';
import { RESET_INTERPRETER } from '../src/engines/embedded/reset-interpreter';
import { type FromPython, kindName, type ToPython } from './python-messages';

/**
 * The embedded Python in a worker of the page: the browser keeps it from the machine, the page's policy from other sites. A program holds
 * the worker's only thread until it ends; the page stops it by ending the worker.
 */

const scope = self as unknown as {
  postMessage(message: FromPython): void;
  onmessage: ((event: { data: ToPython }) => void) | null;
};
// All that is needed of the browser later is taken now: the realm is emptied before Python is loaded.
const say: (message: FromPython) => void = scope.postMessage.bind(scope);
const now = performance.now.bind(performance);
const fillRandom = crypto.getRandomValues.bind(crypto);
let outbox: Outbox | undefined;
const send = (kind: Kind, bytes: Uint8Array) => say({ type: 'bytes', kind: kindName(kind), bytes });

interface Loaded {
  readonly python: Pyodide;
  readonly tidy: () => void;
  readonly serve: (order: string) => number;
}

async function loaded(): Promise<Loaded> {
  const base = new URL('pyodide/', location.href).href;
  const bytes = (name: string) => fetch(`${base}${name}`).then((response) => response.arrayBuffer());
  const [tracer, lock, library, wasm] = await Promise.all([
    tracerFiles(),
    fetch(`${base}pyodide-lock.json`).then((response) => response.json()),
    bytes('python_stdlib.zip'),
    bytes('pyodide.asm.wasm'),
  ]);
  const module = WebAssembly.compile(wasm);
  emptyScope();
  enclose({ files: { 'python_stdlib.zip': new Uint8Array(library) }, module, base, fillRandom: fill, now });
  const [{ default: createPyodideModule }, { loadPyodide }] = await Promise.all([
    import(/* a file beside this one */ `${base}pyodide.asm.mjs`),
    import(`${base}pyodide.mjs`),
  ]);
  const lockFile = JSON.stringify({ info: lock.info, packages: {} });
  const user = { HOME: '/home/you', LANG: 'en_US.UTF-8' };
  const python = await load({ loadPyodide, createPyodideModule, base, tracer, lockFile, user });
  // A worker cannot tell how much its thread has computed, and nobody can interrupt it.
  addDevices(python, { outbox: () => outbox, cpuTime: () => 0, heed: () => {}, why: () => '' });
  const { serve, belong } = python.pyimport('coroscope.embedded.host');
  belong(JSON.stringify(user));
  const { restrict } = python.pyimport('coroscope.embedded.restrictions');
  const remember = python.runPython(RESET_INTERPRETER, { globals: python.toPy({}) }) as () => () => void;
  restrict(false);
  seal();
  return { python, tidy: remember(), serve: serve as (order: string) => number };
}

/** What a worker has from its kind, `fetch` and the like, stands on prototypes, where `enclose` does not look. */
function emptyScope(): void {
  for (let kind = Object.getPrototypeOf(self); kind !== EventTarget.prototype; kind = Object.getPrototypeOf(kind))
    for (const name of Reflect.ownKeys(kind)) if (name !== 'constructor') Reflect.deleteProperty(kind, name);
}

/** The browser gives no more at once. */
function fill(view: ArrayBufferView): void {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 0; at < bytes.length; at += 65_536)
    fillRandom(bytes.subarray(at, at + 65_536) as Uint8Array<ArrayBuffer>);
}

/** `tracer.json`: path → text; and the time zones. */
async function tracerFiles() {
  const [texts, zones] = await Promise.all([
    fetch('tracer.json').then((response) => response.json() as Promise<Record<string, string>>),
    fetch('tzdata.zip').then((response) => response.arrayBuffer()),
  ]);
  const encoder = new TextEncoder();
  const files = Object.entries(texts).map(([path, text]) => ({ path, data: encoder.encode(text) }));
  return [...files, { path: 'tzdata.zip', data: new Uint8Array(zones) }];
}

// Set before the realm is emptied.
scope.onmessage = async ({ data: { order } }) => {
  const { python, tidy, serve } = await ready;
  try {
    const exit = run(python, serve, order);
    say({ type: 'done', exit });
    tidy();
  } catch (error) {
    const { status } = error as { status?: unknown };
    // `os._exit` ends the whole of Python.
    if (typeof status === 'number') say({ type: 'done', exit: status, over: true });
    else say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
};

const ready = loaded();
ready.then(
  () => say({ type: 'ready' }),
  (error) => say({ type: 'failed', message: String(error) }),
);

function run(python: Pyodide, serve: (order: string) => number, order: RunOrder): number {
  const box = new Outbox(send, now);
  outbox = box;
  python.setStdout({ write: (bytes) => box.output('stdout', bytes), isatty: false });
  python.setStderr({ write: (bytes) => box.output('stderr', bytes), isatty: false });
  python.setStdin({ read: () => 0, isatty: false });
  try {
    return serve(JSON.stringify({ ...order, cpu: false }));
  } finally {
    box.flush();
    outbox = undefined;
  }
}
