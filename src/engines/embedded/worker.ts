import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { Outbox } from './outbox';
import type { RunOrder, WorkerData, WorkerMessage } from './protocol';
import { TIDY } from './tidy';

/**
 * The embedded Python: CPython as WebAssembly, loaded once and kept between runs. It runs in a worker, because a program holds its
 * thread until it ends; the host stops it through a byte of shared memory.
 */

const { assets, interrupt, memory, user } = workerData as WorkerData;
const port = parentPort!;
const send = (message: WorkerMessage) =>
  port.postMessage(message, message.type === 'trace' ? [message.bytes.buffer] : []);

/** Where the tracer lies in Python's own file system. */
const HOME = '/coroscope';

/** The part of Pyodide that is used here. */
interface Pyodide {
  readonly _module: { readonly HEAPU8: Uint8Array };
  readonly FS: { mkdirTree(path: string): void; writeFile(path: string, data: Uint8Array): void };
  readonly globals: { get(name: string): unknown };
  runPython(code: string, options?: { globals: unknown }): unknown;
  pyimport(name: string): { run: RunFunction; clear_away(): void };
  toPy(value: unknown): unknown;
  setInterruptBuffer(buffer: Uint8Array | undefined): void;
  setStdin(options: { read(buffer: Uint8Array): number; isatty: boolean }): void;
  setStdout(options: { write(buffer: Uint8Array): number; isatty: boolean }): void;
  setStderr(options: { write(buffer: Uint8Array): number; isatty: boolean }): void;
}
type RunFunction = (
  source: string,
  file: string,
  argv: unknown,
  options: unknown,
  write: (bytes: Buffered) => void,
) => number;
/** Bytes of Python's, seen from JavaScript. */
interface Buffered {
  toJs(): Uint8Array;
  destroy?(): void;
}

async function load(): Promise<Pyodide> {
  const folder = join(assets, 'pyodide');
  const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')).href);
  const python: Pyodide = await loadPyodide({
    indexURL: `${folder}/`,
    // The order of sets of strings is part of "the same program gives the same trace".
    env: { ...user, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
    // `import js` must not lead a snippet out of here by accident.
    jsglobals: { Object, Array, Uint8Array, Promise, setTimeout, clearTimeout },
  });
  copyTracer(python, join(assets, 'python', 'coroscope'), `${HOME}/coroscope`);
  // Where `zoneinfo` looks for time zones that the system does not have.
  python.FS.writeFile(`${HOME}/tzdata.zip`, readFileSync(join(assets, 'python', 'tzdata.zip')));
  python.runPython(`import sys; sys.path.insert(0, '${HOME}'); sys.path.append('${HOME}/tzdata.zip')`);
  python.runPython('import coroscope.embedded; coroscope.embedded.warm_up()');
  return python;
}

function copyTracer(python: Pyodide, from: string, to: string): void {
  python.FS.mkdirTree(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), `${to}/${entry.name}`];
    if (entry.isDirectory()) copyTracer(python, source, target);
    else if (entry.name.endsWith('.py')) python.FS.writeFile(target, readFileSync(source));
  }
}

function execute(python: Pyodide, order: RunOrder): number {
  const { source, plan, simulation, whatIf, file, argv, limits, stdin, whole } = order;
  const outbox = new Outbox(send);
  python.setStdout({ write: (bytes) => outbox.output('stdout', bytes), isatty: false });
  python.setStderr({ write: (bytes) => outbox.output('stderr', bytes), isatty: false });
  python.setStdin({ read: reader(stdin), isatty: false });
  const options = {
    max_steps: limits.steps,
    max_virtual_time: limits.virtualTime,
    max_wall_time: limits.wallTime,
    cpu_time: cpuTime,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    whole,
    heed: (on: boolean) => python.setInterruptBuffer(on ? interrupt : undefined),
    ...(simulation === undefined ? {} : { simulation }),
    ...(whatIf === undefined ? {} : { what_if: whatIf }),
    ...(plan === undefined ? {} : { plan }),
  };
  try {
    return tracer.run(source, file, python.toPy([...argv]), python.toPy(options), (bytes) => {
      outbox.trace(bytes.toJs());
      bytes.destroy?.();
    });
  } finally {
    flush();
    if (!whole) tidy();
    outbox.flush();
  }
}

/** CPU seconds of this thread: WebAssembly has only wall clocks, to which a busy machine looks like a busy program. Newer Nodes tell. */
const { threadCpuUsage } = process as { threadCpuUsage?: () => { user: number; system: number } };
const cpuTime = threadCpuUsage
  ? () => {
      const { user, system } = threadCpuUsage.call(process);
      return (user + system) / 1e6;
    }
  : undefined;

/** Its value is a function, so that no run waits for the compiler. */
const FLUSH = `
def flush():
    import sys
    sys.__stdout__.flush()
    sys.__stderr__.flush()

flush
`;

function flush(): void {
  try {
    flushStreams();
  } catch {
    // A program may close its own stdout.
  }
}

function reader(stdin: string): (buffer: Uint8Array) => number {
  const bytes = new TextEncoder().encode(stdin);
  let at = 0;
  return (buffer) => {
    const part = bytes.subarray(at, at + buffer.length);
    buffer.set(part);
    at += part.length;
    return part.length;
  };
}

/** Node's types leave it out. */
declare const WebAssembly: {
  readonly Memory: { readonly prototype: { grow(pages: number): number; readonly buffer: ArrayBuffer } };
};

/** Where Python asks for more than it may have it gets a MemoryError, as on any machine that is full. */
function limitMemory(most: number): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages: number) {
    if (this.buffer.byteLength + pages * 65_536 > most) throw new RangeError('No more memory than this.');
    return grow.call(this, pages);
  };
}

if (memory !== undefined) limitMemory(memory);
const python = await load();
const tracer = python.pyimport('coroscope.embedded');
const flushStreams = python.runPython(FLUSH, { globals: python.toPy({}) }) as () => void;
const tidy = python.runPython(TIDY, { globals: python.toPy({}) }) as () => void;
send({ type: 'ready', python: String(python.runPython('import platform; platform.python_version()')) });
port.on('message', (order: RunOrder) => {
  try {
    const exit = execute(python, order);
    send({ type: 'done', exit, heap: python._module.HEAPU8.length });
  } catch (error) {
    const { status } = error as { status?: unknown };
    // `os._exit` ends the whole of Python.
    if (typeof status === 'number') send({ type: 'exited', exit: status });
    else send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    return;
  }
  // Whoever waits for the whole record does not wait for this. What cannot be tidied is not used again.
  if (!order.whole) return;
  // What the program's objects say as they go is of no run.
  for (const set of ['setStdout', 'setStderr'] as const) python[set]({ write: ({ length }) => length, isatty: false });
  tracer.clear_away();
  tidy();
});
