import { randomFillSync } from 'node:crypto';
import { closeSync, constants, readFileSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tracerFiles } from './engine-files';
import { FrameReader, frameHead, type Kind, messageFrame } from './frames';
import { Interrupts } from './interrupts';
import { limitMemory } from './limit-memory';
import { addDevices, load, type Pyodide } from './load';
import { Outbox } from './outbox';
import { type ChildConfig, type ChildMessage, type Order, type RunOrder, SNAPSHOT_FD } from './protocol';
import { pauses, Questions } from './questions';
import { enclose, seal } from './realm';
import { RESET_INTERPRETER } from './reset-interpreter';
import { restrictNode } from './restrict-node';
import { StoredSnapshot, writeSnapshot } from './snapshot';

/**
 * The embedded Python: CPython as WebAssembly, loaded once and kept between runs, in a process of its own. A program holds its only
 * thread until it ends; the host stops it through a file that is looked for while Python runs.
 */

const config: ChildConfig = JSON.parse(process.argv[2]);
const { assets, layers } = config;
// Keep everything that is needed of Node: the realm is emptied before Python is loaded.
const { stdin, exit } = process;
const now = performance.now.bind(performance);
/** CPU seconds of this thread: WebAssembly has only wall clocks, to which a busy machine looks like a busy program. Newer Nodes tell. */
const usage = (process as { threadCpuUsage?: () => { user: number; system: number } }).threadCpuUsage?.bind(process);
let outbox: Outbox | undefined;
const frames = new FrameReader();
const watch = new Interrupts(config.stop, now, { readFileSync, statSync }, () => outbox?.sendOld());

const OUT = 1;
function send(kind: Kind, bytes: Uint8Array): void {
  write(frameHead(kind, bytes.length));
  write(bytes);
}
function say(message: ChildMessage): void {
  write(messageFrame(message));
}
function write(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(OUT, bytes, at);
}

const questions = new Questions(frames, { readSync, now, pause: pauses() }, watch, (id) => {
  outbox?.flush();
  say({ type: 'asks', id });
});

/** Node's types leave it out. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
};

/** Pyodide on Node asks for them in a way that permissions deny; only tests let it find Node at all. */
function giveConstants(): void {
  const bound = process as unknown as { binding(name: string): unknown };
  const { binding } = bound;
  bound.binding = (name) => (name === 'constants' ? { fs: constants } : binding.call(process, name));
}

async function loaded(): Promise<{ python: Pyodide; snapshot: boolean; made: boolean }> {
  const folder = join(assets, 'pyodide');
  const url = (name: string) => pathToFileURL(join(folder, name)).href;
  const tracer = tracerFiles(assets);
  const { info } = JSON.parse(readFileSync(join(folder, 'pyodide-lock.json'), 'utf8'));
  const lockFile = JSON.stringify({ info, packages: {} });
  if (!layers.inner) {
    giveConstants();
    const { loadPyodide } = await import(url('pyodide.mjs'));
    return {
      python: await load({ loadPyodide, base: `${folder}/`, tracer, lockFile, user: config.user, realm: globalThis }),
      snapshot: false,
      made: false,
    };
  }
  // V8 compiles beside what follows.
  const module = WebAssembly.compile(readFileSync(join(folder, 'pyodide.asm.wasm')));
  const files = { 'python_stdlib.zip': new Uint8Array(readFileSync(join(folder, 'python_stdlib.zip'))) };
  const found = config.snapshot === undefined ? undefined : StoredSnapshot.open(config.snapshot);
  const base = `${url('')}/`;
  const [asm, api] = [url('pyodide.asm.mjs'), url('pyodide.mjs')];
  enclose({ files, module, base, fillRandom: (view) => randomFillSync(view as Uint8Array), now });
  const [{ default: createPyodideModule }, { loadPyodide }] = await Promise.all([import(asm), import(api)]);
  const loading = {
    loadPyodide,
    createPyodideModule,
    base,
    tracer,
    lockFile,
    user: config.user,
  };
  if (found) {
    try {
      return { python: await load({ ...loading, snapshot: found }), snapshot: true, made: false };
    } catch {
      // A damaged or outdated snapshot is made again.
    } finally {
      found.close();
    }
  }
  const python = await load(config.makeSnapshot ? { ...loading, user: {}, makeSnapshot: true } : loading);
  return { python, snapshot: false, made: config.makeSnapshot === true && keep(python.makeMemorySnapshot()) };
}

/**
 * Before any program runs, and the file is closed then: what is kept for later runs is nothing that a program had its hands on.
 * @returns whether it was written
 */
function keep(snapshot: Uint8Array): boolean {
  try {
    writeSnapshot(SNAPSHOT_FD, snapshot);
    return true;
  } catch {
    // The disk is full: continue without a snapshot.
    return false;
  }
}

/** Its value is a function, so that no run waits for the compiler. */
const FLUSH = `
def flush():
    import sys
    sys.__stdout__.flush()
    sys.__stderr__.flush()

flush
`;

if (layers.outer) restrictNode();
if (config.memory !== undefined) limitMemory(config.memory);
const { python, snapshot, made } = await loaded();
if (config.makeSnapshot) closeSync(SNAPSHOT_FD);

addDevices(python, {
  outbox: () => outbox,
  cpuTime() {
    const { user, system } = usage?.() ?? { user: 0, system: 0 };
    return (user + system) / 1e6;
  },
  heed: (on) => python.setInterruptBuffer(on ? watch.buffer : undefined),
  why: () => watch.why(),
});
const { serve, belong } = python.pyimport('coroscope.embedded.host') as {
  serve(order: string): number;
  belong(user: string): void;
};
belong(JSON.stringify(config.user));
const { clear_away: clearAway, warm_up: warmUp } = python.pyimport('coroscope.embedded.run');
const flushStreams = python.runPython(FLUSH, { globals: python.toPy({}) }) as () => void;
const remember = python.runPython(RESET_INTERPRETER, { globals: python.toPy({}) }) as () => () => void;
const { restrict } = python.pyimport('coroscope.embedded.restrictions');
if (layers.inner) {
  restrict(snapshot);
  seal();
}
const tidy = remember();

function execute(order: RunOrder): number {
  const { limits, stdin: text, asks, whole } = order;
  outbox = new Outbox(send, now);
  const box = outbox;
  python.setStdout({ write: (bytes) => box.output('stdout', bytes), isatty: false });
  python.setStderr({ write: (bytes) => box.output('stderr', bytes), isatty: false });
  python.setStdin({ read: asks ? questions.reader() : reader(text), isatty: false });
  say({ type: 'began' });
  watch.begin(limits.wallTime);
  try {
    return serve(JSON.stringify({ ...order, cpu: usage !== undefined }));
  } finally {
    try {
      flush();
      if (!whole) tidy();
    } finally {
      // If Python crashes here, its run is recorded all the same.
      outbox.flush();
      outbox = undefined;
    }
  }
}

function flush(): void {
  try {
    flushStreams();
  } catch {
    // A program may close its own stdout.
  }
}

function reader(text: string): (buffer: Uint8Array) => number {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return (buffer) => {
    const part = bytes.subarray(at, at + buffer.length);
    buffer.set(part);
    at += part.length;
    return part.length;
  };
}

function run(order: RunOrder): void {
  try {
    const exit = execute(order);
    say({ type: 'done', exit, heap: python._module.HEAPU8.length });
  } catch (error) {
    const { status } = error as { status?: unknown };
    // `os._exit` ends the whole of Python.
    if (typeof status === 'number') say({ type: 'exited', exit: status });
    else say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    return;
  }
  // Whoever waits for the whole record does not wait for this. What cannot be tidied is not used again.
  if (!order.whole) return;
  // What the program's objects say as they go is of no run.
  for (const set of ['setStdout', 'setStderr'] as const) python[set]({ write: ({ length }) => length, isatty: false });
  clearAway();
  tidy();
}

function take(order: Order): void {
  if (order.type === 'run') {
    run(order);
    return;
  }
  // It comes too late: what asked was interrupted.
  if (order.type === 'answer') return;
  // WebAssembly is compiled when it is first run, and a snapshot holds none of that.
  warmUp();
  tidy();
  say({ type: 'warm' });
}

stdin.on('data', (bytes: Uint8Array) => {
  for (const { payload } of frames.push(bytes)) take(JSON.parse(new TextDecoder().decode(payload)));
});
// The host has ended.
stdin.on('end', () => exit(0));
say({ type: 'ready', snapshot, made });
