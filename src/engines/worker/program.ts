import type { Kind } from '../embedded/frames';
import { limitMemory } from '../embedded/limit-memory';
import { addDevices, load, type Pyodide } from '../embedded/load';
import { Outbox } from '../embedded/outbox';
import type { ChildMessage } from '../embedded/protocol';
import { enclose, seal } from '../embedded/realm';
import { RESET_INTERPRETER } from '../embedded/reset-interpreter';
import type { RestoredMemory } from '../embedded/restore';
import type { FromWorker, ToLoad, ToRun, ToWorker } from './messages';
import { numbersFrom } from './numbers';

/**
 * The embedded Python in a worker: the browser keeps it from the machine. A program holds the worker's only thread until it ends; the
 * host stops it by ending the worker.
 */

const scope = self as unknown as {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { data: ToWorker }) => void) | null;
};
// All that is needed of the browser later is taken now: the realm is emptied before Python is loaded.
const post: (message: FromWorker) => void = scope.postMessage.bind(scope);
const now = performance.now.bind(performance);
const fillRandom = crypto.getRandomValues.bind(crypto);
const say = (message: ChildMessage) => post({ type: 'message', message });
const send = (kind: Kind, bytes: Uint8Array) => post({ type: 'bytes', kind, bytes });

let outbox: Outbox | undefined;
/** Of the run under way, where its random numbers are given. */
let numbers: (() => number) | undefined;
let python: Pyodide;
let serve: (order: string) => number;
let tidy: () => void;
/** Gives `random` another state, from the numbers of the run. */
let reseed: () => void;

/** Node's types leave it out. */
declare const WebAssembly: {
  readonly Memory: { readonly prototype: { grow(pages: number): number; readonly buffer: ArrayBuffer } };
};

async function begin({ asm, api, module, library, info, tracer, memory, snapshot }: ToLoad): Promise<void> {
  limitMemory(memory);
  emptyScope();
  const base = 'https://python.invalid/';
  const files = { 'python_stdlib.zip': library };
  enclose({ files, module: Promise.resolve(module), base, fillRandom: fill, now });
  const [{ default: createPyodideModule }, { loadPyodide }] = await Promise.all([import(asm), import(api)]);
  const user = { HOME: '/home/you', LANG: 'en_US.UTF-8' };
  const lockFile = JSON.stringify({ info, packages: {} });
  const loading = { loadPyodide, createPyodideModule, base, tracer, lockFile };
  if (snapshot) python = await load({ ...loading, user, snapshot: inOnePiece(snapshot) });
  else {
    // Whose it is, it learns later: the memory is kept before.
    python = await load({ ...loading, user: {}, makeSnapshot: true });
    post({ type: 'snapshot', bytes: python.makeMemorySnapshot() });
  }
  // A worker cannot tell how much its thread has computed, and nobody can interrupt it.
  addDevices(python, { outbox: () => outbox, cpuTime: () => 0, heed: () => {}, why: () => '' });
  const host = python.pyimport('coroscope.embedded.host');
  host.belong(JSON.stringify(user));
  serve = host.serve as typeof serve;
  const { restrict } = python.pyimport('coroscope.embedded.restrictions');
  const remember = python.runPython(RESET_INTERPRETER, { globals: python.toPy({}) }) as () => () => void;
  reseed = python.runPython(RESEED, { globals: python.toPy({}) }) as () => void;
  restrict(snapshot !== undefined);
  seal();
  tidy = remember();
}

/** Its value is a function. */
const RESEED = `
def reseed():
    import sys
    random = sys.modules.get('random')
    if random is not None:
        random.seed()

reseed
`;

function inOnePiece(snapshot: Uint8Array<ArrayBuffer>): RestoredMemory {
  let at = 0;
  return {
    length: snapshot.length,
    take(bytes) {
      if (at + bytes.length > snapshot.length) throw new RangeError('The snapshot is shorter.');
      bytes.set(snapshot.subarray(at, at + bytes.length));
      at += bytes.length;
      return bytes;
    },
    check() {},
  };
}

/** What a worker has from its kind, `fetch` and the like, stands on prototypes, where `enclose` does not look. */
function emptyScope(): void {
  for (let kind = Object.getPrototypeOf(self); kind !== EventTarget.prototype; kind = Object.getPrototypeOf(kind))
    for (const name of Reflect.ownKeys(kind)) if (name !== 'constructor') Reflect.deleteProperty(kind, name);
}

function fill(view: ArrayBufferView): void {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (numbers) {
    for (let at = 0; at < bytes.length; at++) bytes[at] = numbers();
    return;
  }
  // The browser gives no more at once.
  for (let at = 0; at < bytes.length; at += 65_536)
    fillRandom(bytes.subarray(at, at + 65_536) as Uint8Array<ArrayBuffer>);
}

function run({ order, answers, seed }: ToRun): void {
  const box = new Outbox(send, now);
  outbox = box;
  numbers = seed && numbersFrom(seed);
  if (numbers) reseed();
  python.setStdout({ write: (bytes) => box.output('stdout', bytes), isatty: false });
  python.setStderr({ write: (bytes) => box.output('stderr', bytes), isatty: false });
  python.setStdin({ read: order.asks ? given(answers, box) : given([order.stdin, null], box), isatty: false });
  say({ type: 'began' });
  try {
    const exit = attempt(JSON.stringify({ ...order, cpu: false }), box);
    say({ type: 'done', exit, heap: python._module.HEAPU8.length });
  } catch (error) {
    const { status } = error as { status?: unknown };
    // `os._exit` ends the whole of Python.
    if (typeof status === 'number') say({ type: 'exited', exit: status });
    else say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    return;
  }
  for (const set of ['setStdout', 'setStderr'] as const) python[set]({ write: ({ length }) => length, isatty: false });
  tidy();
}

function attempt(order: string, box: Outbox): number {
  try {
    return serve(order);
  } finally {
    box.flush();
    outbox = undefined;
    numbers = undefined;
  }
}

/**
 * Standard input. A worker cannot wait for an answer; where one is missing it tells the host, which ends it, and runs the program once
 * more when it has been given.
 */
function given(lines: readonly (string | null)[], box: Outbox): (buffer: Uint8Array) => number {
  let next = 0;
  let rest = new Uint8Array();
  return (buffer) => {
    if (rest.length === 0) {
      if (next === lines.length) {
        box.flush();
        say({ type: 'asks', id: next });
        for (;;);
      }
      rest = new TextEncoder().encode(lines[next++] ?? '');
    }
    const part = rest.subarray(0, buffer.length);
    buffer.set(part);
    rest = rest.subarray(part.length);
    return part.length;
  };
}

// Set before the realm is emptied.
scope.onmessage = ({ data }) => {
  if (data.type === 'run') {
    run(data);
    return;
  }
  begin(data).then(
    () => say({ type: 'ready', snapshot: false, made: false }),
    (error) => say({ type: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
};
