import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Translate } from '../../core/translate';
import { Dialog } from '../dialog';
import { type Engine, EngineError, type RunEnd, type RunListener, type RunRequest } from '../engine';
import { guard } from '../process/guard';
import { Children } from './children';
import type { Interpreter } from './probe';
import { StopFile, stopper } from './stop';
import { fileSource, pipeSource } from './trace-source';
import { tracerFolder } from './tracer-folder';

/** Where the tracer asks for input: the descriptor after that of the trace. */
const ASK_FD = 4;
/** Exit codes of the tracer's own: the program was not started. */
const TOO_OLD = 96;
const NOT_STARTED = 97;

export interface InterpreterOptions {
  readonly interpreter: Interpreter;
  /** The `dist` folder. */
  readonly assets: string;
  readonly translate: Translate;
  readonly env?: NodeJS.ProcessEnv;
  /** How the trace comes: default a pipe, on Windows a file. */
  readonly trace?: 'pipe' | 'file';
}

/** The user's own CPython, as a child process. */
export function interpreterEngine(options: InterpreterOptions): Engine {
  return { name: 'interpreter', run: (...args) => run(options, ...args), dispose() {} };
}

async function run(
  {
    interpreter,
    assets,
    translate: t,
    env = process.env,
    trace = process.platform === 'win32' ? 'file' : 'pipe',
  }: InterpreterOptions,
  request: RunRequest,
  listener: RunListener,
  signal: AbortSignal,
): Promise<RunEnd> {
  const source = trace === 'pipe' ? pipeSource() : fileSource();
  const files = new TextFiles();
  const stopFile = new StopFile();
  const children = request.followChildren ? new Children() : undefined;
  try {
    const asks = request.ask !== undefined && request.stdio === 'pipe';
    const options = [...optionsOf(request, files), '--stop-reason', stopFile.path, ...source.args];
    if (asks) options.push('--ask-fd', String(ASK_FD));
    if (children) options.push('--follow', children.folder);
    const args = [tracerFolder(assets), 'run', ...options];
    const child = spawn(interpreter.command, [...args, '--', request.file, ...request.argv], {
      cwd: request.cwd,
      env: environment(env, request),
      stdio: [...stdioOf(request), source.stdio, ...(asks ? (['pipe'] as const) : [])],
      windowsHide: true,
      // A group of its own, so that whatever the program started ends with it.
      detached: process.platform !== 'win32',
    });
    const unguard = child.pid === undefined ? () => {} : guard(child.pid);
    let recorded = 0;
    const stop = stopper(child, request, signal, stopFile);
    source.attach(child.stdio[3] as Readable | null, (bytes) => {
      if (recorded === 0) stop.began();
      recorded += bytes.length;
      listener.trace(bytes);
    });
    const dialog = request.ask && asks ? new Dialog(request.ask, listener) : undefined;
    const errors = forward(child, dialog ?? listener);
    if (dialog) answers(child.stdio[ASK_FD] as Duplex, dialog, stop);
    child.stdin?.on('error', () => {}).end(request.stdin ?? '');
    const { exit, broke } = await ended(child, interpreter, t).finally(unguard);
    dialog?.end();
    stop.dispose();
    await source.drain();
    for (const chunk of recorded > 0 ? (children?.chunks() ?? []) : []) listener.trace(chunk);
    if (recorded === 0 && (exit === NOT_STARTED || exit === TOO_OLD))
      throw new EngineError(errors() || t('Python could not start the program.'));
    return { exit, stopped: stop.reason(), broke };
  } finally {
    await source.drain().catch(() => {});
    files.remove();
    children?.remove();
  }
}

/** Each byte that comes is a line that is wanted; see `host_input.py`. */
function answers(channel: Duplex, dialog: Dialog, { waits }: Pick<ReturnType<typeof stopper>, 'waits'>): void {
  let asked = Promise.resolve();
  const ask = async () => {
    waits(true);
    // What was printed before it comes by another way, and is there by now.
    await new Promise(setImmediate);
    const text = await dialog.ask();
    waits(false);
    const bytes = Buffer.from(text ?? '');
    const head = Buffer.alloc(4);
    head.writeInt32LE(text === undefined ? -1 : bytes.length);
    channel.write(Buffer.concat([head, bytes]));
  };
  channel.on('data', (wanted: Buffer) => {
    // Several threads may read: one after the other.
    for (const _ of wanted) asked = asked.then(ask);
  });
  channel.on('error', () => {});
}

function optionsOf(
  {
    clock,
    limits,
    source,
    pieces,
    module,
    simulation,
    whatIf,
    ties,
    arguments: shown,
    libraryCalls,
    detail,
    writesWhenIdle,
  }: RunRequest,
  files: TextFiles,
): string[] {
  const options = ['--clock', clock, '--max-steps', String(limits.steps)];
  options.push('--max-virtual-time', String(limits.virtualTime));
  if (limits.wallTime > 0) options.push('--max-wall-time', String(limits.wallTime));
  if (pieces) options.push('--plan', files.write('plan.json', JSON.stringify(pieces)));
  else if (source !== undefined) options.push('--source', files.write('source.py', source));
  if (module !== undefined) options.push('--module', module);
  if (shown === false) options.push('--no-arguments');
  if (libraryCalls === false) options.push('--no-library-calls');
  if (detail === 'full') options.push('--detail', detail);
  if (writesWhenIdle) options.push('--write-when-idle');
  if (ties) options.push('--ties', ties);
  if (simulation) options.push('--simulation', files.write('simulation.json', JSON.stringify(simulation)));
  if (whatIf?.length) options.push('--what-if', files.write('what-if.json', JSON.stringify(whatIf)));
  return options;
}

function environment(env: NodeJS.ProcessEnv, { clock, stdio }: RunRequest): NodeJS.ProcessEnv {
  const more: NodeJS.ProcessEnv = {};
  // The order of sets of strings is part of "the same program gives the same trace".
  if (clock === 'virtual' && env.PYTHONHASHSEED === undefined) more.PYTHONHASHSEED = '0';
  if (stdio === 'pipe') {
    // Output is shown while the program runs, not when its buffer is full.
    more.PYTHONUNBUFFERED = env.PYTHONUNBUFFERED ?? '1';
    more.PYTHONIOENCODING = env.PYTHONIOENCODING ?? 'utf-8';
  }
  return { ...env, ...more };
}

function stdioOf({ stdio, stdin }: RunRequest): ('pipe' | 'inherit' | number)[] {
  const first = stdin === undefined && stdio !== 'pipe' ? 'inherit' : 'pipe';
  if (stdio === 'inherit') return [first, 'inherit', 'inherit'];
  return stdio === 'stderr' ? [first, process.stderr.fd, 'inherit'] : [first, 'pipe', 'pipe'];
}

/** Hands on what the program writes; returns the last of its stderr, for messages of the tracer itself. */
function forward(child: ChildProcess, listener: Pick<RunListener, 'output'>): () => string {
  let last = '';
  for (const stream of ['stdout', 'stderr'] as const) {
    const decoder = new StringDecoder('utf8');
    child[stream]?.on('data', (data: Buffer) => {
      const text = decoder.write(data);
      if (stream === 'stderr') last = (last + text).slice(-4000);
      if (text !== '') listener.output(stream, text);
    });
  }
  return () => last.trim();
}

function ended(
  child: ChildProcess,
  { command }: Interpreter,
  t: Translate,
): Promise<{ exit: number | null; broke?: string }> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new EngineError(t('{0} could not be started: {1}', command, error.message))));
    // `close` would wait for pipes that a grandchild keeps open.
    child.on('exit', (exit, signal) => {
      // A program that nobody stopped ends by SIGINT where it was interrupted: its exit code is what a shell would say.
      const done = () => resolve({ exit: signal === 'SIGINT' ? 130 : exit, broke: signal ?? undefined });
      const timer = setTimeout(done, 500);
      child.on('close', () => {
        clearTimeout(timer);
        done();
      });
    });
  });
}

/** What the tracer is to read that no file of the user's holds. */
class TextFiles {
  #folder: string | undefined;

  write(name: string, text: string): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), 'coroscope-'));
    const path = join(this.#folder, name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }
}
