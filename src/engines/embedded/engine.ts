import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Translate } from '../../core/words';
import { type Engine, EngineError, type RunEnd, type RunListener, type RunRequest, type StopReason } from '../engine';
import type { RunOrder, WorkerData, WorkerMessage } from './protocol';

/** How long Python may take to record what stands after it was asked to stop, before its worker is ended (ms). */
const PATIENCE = 2_000;
/** SIGINT, as Pyodide's interrupt buffer wants it. */
const INTERRUPT = 2;
/** The tracer keeps the limit of wall time itself where it gets to run; the host follows a little later (ms). */
const LATER = 250;

export interface EmbeddedOptions {
  /** See `PATIENCE`. */
  readonly patience?: number;
  /** Bytes that Python may take. */
  readonly memory?: number;
}

/** CPython as WebAssembly, in a worker that is kept warm between runs. One run at a time: a second waits for the first. */
export class EmbeddedEngine implements Engine {
  readonly name = 'embedded';
  #worker: Worker | undefined;
  #interrupt = new Uint8Array(new SharedArrayBuffer(1));
  #ready: Promise<void> = Promise.resolve();
  #queue: Promise<unknown> = Promise.resolve();
  #heap = 0;

  constructor(
    private readonly assets: string,
    private readonly translate: Translate,
    private readonly options: EmbeddedOptions = {},
  ) {}

  /** Bytes that its Python has taken so far. */
  get heap(): number {
    return this.#heap;
  }

  /** Loads Python ahead of the first run. */
  async warm(): Promise<void> {
    this.#start();
    await this.#ready;
  }

  run(request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd> {
    const next = this.#queue.then(() => this.#run(request, listener, signal));
    this.#queue = next.catch(() => {});
    return next;
  }

  dispose(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const t = this.translate;
    const script = join(this.assets, 'embedded-worker.mjs');
    if (!existsSync(script)) throw new EngineError(t('Coroscope is not complete: {0} is missing.', script));
    this.#interrupt = new Uint8Array(new SharedArrayBuffer(1));
    const { memory } = this.options;
    const workerData: WorkerData = {
      assets: this.assets,
      interrupt: this.#interrupt,
      memory,
      user: userOf(process.env),
    };
    const worker = new Worker(script, { workerData, stdout: true, stderr: true, env: {} });
    this.#worker = worker;
    this.#ready = new Promise((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('error', (error) =>
        reject(new EngineError(t('The embedded Python could not be loaded: {0}', error.message))),
      );
      worker.once('exit', () =>
        reject(new EngineError(t('The embedded Python could not be loaded: {0}', t('its worker ended')))),
      );
    });
    this.#ready.catch(() => this.#forget(worker));
    worker.on('exit', () => this.#forget(worker));
    worker.on('error', () => this.#forget(worker));
    return worker;
  }

  #forget(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
  }

  async #run(request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd> {
    if (signal.aborted) return { exit: null, stopped: 'cancelled' };
    const worker = this.#start();
    worker.ref();
    try {
      if (await aborted(this.#ready, signal)) return { exit: null, stopped: 'cancelled' };
      return await this.#execute(worker, request, listener, signal);
    } finally {
      // A warm worker does not keep the host alive.
      worker.unref();
    }
  }

  #execute(worker: Worker, request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd> {
    const { file, source = '', pieces, simulation, whatIf, argv, limits, stdin = '', whole = false } = request;
    let stopped: StopReason | undefined;
    let killer: NodeJS.Timeout | undefined;
    const stop = (reason: StopReason) => {
      if (stopped) return;
      stopped = reason;
      Atomics.store(this.#interrupt, 0, INTERRUPT);
      killer = setTimeout(() => void worker.terminate(), this.options.patience ?? PATIENCE);
    };
    const cancel = () => stop('cancelled');
    const timer = limits.wallTime > 0 ? setTimeout(() => stop('wall-time'), limits.wallTime * 1000 + LATER) : undefined;
    signal.addEventListener('abort', cancel);
    return new Promise<RunEnd>((resolve) => {
      const receive = (message: WorkerMessage) => {
        if (message.type === 'trace') listener.trace(message.bytes);
        else if (message.type === 'output') listener.output(message.stream, message.text);
        else if (message.type === 'done') {
          this.#heap = message.heap;
          finish(message.exit);
        } else if (message.type === 'exited') end(message.exit);
        else if (message.type === 'failed') fail(message.message);
      };
      const gone = () => finish(null);
      const broken = (error: Error) => fail(error.message);
      const settle = () => {
        clearTimeout(timer);
        clearTimeout(killer);
        signal.removeEventListener('abort', cancel);
        worker.off('message', receive).off('exit', gone).off('error', broken);
        Atomics.store(this.#interrupt, 0, 0);
      };
      const finish = (exit: number | null) => {
        settle();
        resolve({ exit, stopped });
      };
      const end = (exit: number) => {
        finish(exit);
        this.dispose();
      };
      const fail = (broke: string) => {
        settle();
        this.dispose();
        resolve({ exit: null, stopped, broke });
      };
      worker.on('message', receive).on('exit', gone).on('error', broken);
      const order: RunOrder = {
        type: 'run',
        source,
        plan: pieces && JSON.stringify(pieces),
        simulation: simulation && JSON.stringify(simulation),
        whatIf: whatIf?.length ? JSON.stringify(whatIf) : undefined,
        file,
        argv,
        limits,
        stdin,
        whole,
      };
      worker.postMessage(order);
    });
  }
}

/** What a program may print of who runs it; nothing else of the environment is passed on. */
function userOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['USER', 'LOGNAME', 'LANG'].filter((name) => env[name] !== undefined);
  return { HOME: homedir(), ...Object.fromEntries(names.map((name) => [name, env[name] as string])) };
}

/** Waits for `ready`, but no longer than the signal allows. @returns whether it was aborted. */
async function aborted(ready: Promise<void>, signal: AbortSignal): Promise<boolean> {
  let cancel = () => {};
  const abort = new Promise<void>((resolve) => {
    cancel = resolve;
    signal.addEventListener('abort', cancel);
  });
  await Promise.race([ready, abort]);
  signal.removeEventListener('abort', cancel);
  return signal.aborted;
}
