import { homedir } from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import type { Translate } from '../../core/translate';
import { Dialog, WallLimit } from '../dialog';
import type { Engine, RunEnd, RunListener, RunRequest, StopReason } from '../engine';
import { EmbeddedProcess } from './embedded-process';
import { Kind } from './frames';
import type { ChildMessage, Layers, RunOrder } from './protocol';

/** How long Python may take to finish its record after it was asked to stop, before its process is killed (ms). */
const PATIENCE = 2_000;
/** Memory limit of a program (bytes): more than a snippet needs, less than would make the machine swap. */
const MEMORY = 2 ** 30;
/** The tracer itself enforces the limit of wall time; the host does so this much later (ms). */
const LATER = 250;

export interface EmbeddedOptions {
  /** See `PATIENCE`. */
  readonly patience?: number;
  /** Bytes that Python may take; default `MEMORY`. */
  readonly memory?: number;
  /** Folder in which the snapshot of its memory is kept; default that of the user. */
  readonly cache?: string;
  /** Tests take one of them away to see that the other one holds. */
  readonly layers?: Layers;
}

/** CPython as WebAssembly, in a process that is reused between runs. One run at a time: a second one waits. */
export class EmbeddedEngine implements Engine {
  readonly name = 'embedded';
  #process: EmbeddedProcess | undefined;
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

  /** Whether its Python came out of the snapshot. */
  get fromSnapshot(): boolean {
    return this.#process?.snapshot ?? false;
  }

  /** Its process, while there is one. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Loads Python ahead of the first run, and warms it up. */
  async warm(): Promise<void> {
    const python = this.#start();
    const warm = this.#queue.then(async () => {
      await python.ready;
      // Without a snapshot, loading has warmed it up already.
      if (python.snapshot && python.alive) await this.#warmUp(python);
    });
    // A run that starts meanwhile waits: on a cold Python it would take longer.
    this.#queue = warm.catch(() => {});
    await warm;
  }

  #warmUp(python: EmbeddedProcess): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        python.listen(undefined);
        resolve();
      };
      python.listen({ message: ({ type }) => type === 'warm' && over(), bytes() {}, gone: over });
      python.send({ type: 'warm-up' });
    });
  }

  run(request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd> {
    const next = this.#queue.then(() => this.#run(request, listener, signal));
    this.#queue = next.catch(() => {});
    return next;
  }

  dispose(): void {
    this.#process?.end();
    this.#process = undefined;
  }

  #start(): EmbeddedProcess {
    if (this.#process?.alive) return this.#process;
    const { memory = MEMORY, cache, layers = { outer: true, inner: true } } = this.options;
    const user = userOf(process.env);
    this.#process = new EmbeddedProcess({
      assets: this.assets,
      translate: this.translate,
      memory,
      cache,
      user,
      layers,
    });
    return this.#process;
  }

  async #run(request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd> {
    if (signal.aborted) return { exit: null, stopped: 'cancelled' };
    const python = this.#start();
    python.hold(true);
    try {
      // Ctrl+C before the program runs interrupts nothing of it.
      const all = [signal, request.interrupt, request.kill].filter((each) => each !== undefined);
      if (await aborted(python.ready, all)) return { exit: null, stopped: 'cancelled' };
      return await this.#execute(python, request, listener, signal);
    } finally {
      // A warm Python does not keep the host alive.
      python.hold(false);
    }
  }

  #execute(python: EmbeddedProcess, request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd> {
    const { interrupt, kill, limits } = request;
    const { patience = PATIENCE } = this.options;
    let stopped: StopReason | undefined;
    let killer: NodeJS.Timeout | undefined;
    const stop = (reason: StopReason) => {
      if (stopped) return;
      stopped = reason;
      python.stop(reason);
      killer = setTimeout(() => python.end(), patience);
    };
    const cancel = () => stop('cancelled');
    const dialog = request.ask && new Dialog(request.ask, listener);
    const output = (stream: 'stdout' | 'stderr', text: string) => (dialog ?? listener).output(stream, text);
    const clock = new WallLimit(limits.wallTime, () => stop('wall-time'));
    let began = false;
    const end = () => {
      stopped ??= 'cancelled';
      python.end();
    };
    const ask = () => {
      if (!began) end();
      else if (!stopped) python.stop('interrupt');
    };
    signal.addEventListener('abort', cancel);
    interrupt?.addEventListener('abort', ask);
    kill?.addEventListener('abort', end);
    return new Promise<RunEnd>((resolve) => {
      const decoders = { [Kind.stdout]: new StringDecoder('utf8'), [Kind.stderr]: new StringDecoder('utf8') };
      const finish = (result: Omit<RunEnd, 'stopped'>) => {
        clock.stop();
        clearTimeout(killer);
        dialog?.end();
        signal.removeEventListener('abort', cancel);
        interrupt?.removeEventListener('abort', ask);
        kill?.removeEventListener('abort', end);
        python.listen(undefined);
        python.stop(undefined);
        resolve({ ...result, stopped });
      };
      const message = (said: ChildMessage) => {
        if (said.type === 'began') {
          began = true;
          // Start the time limit only now: a busy machine may take long to get here.
          clock.go(LATER);
        } else if (said.type === 'asks') {
          clock.stop();
          void dialog?.ask().then((text) => {
            clock.go(LATER);
            python.send({ type: 'answer', id: said.id, text: text ?? null });
          });
        } else if (said.type === 'done') {
          this.#heap = said.heap;
          finish({ exit: said.exit });
        } else if (said.type === 'exited') {
          this.dispose();
          finish({ exit: said.exit });
        } else if (said.type === 'failed') {
          this.dispose();
          finish({ exit: null, broke: said.message });
        }
      };
      python.listen({
        message,
        bytes(kind, payload) {
          if (kind === Kind.trace) listener.trace(payload);
          else if (kind === Kind.stdout) output('stdout', decoders[kind].write(Buffer.from(payload)));
          else if (kind === Kind.stderr) output('stderr', decoders[kind].write(Buffer.from(payload)));
        },
        gone: (broke) => finish({ exit: null, ...(broke === undefined ? {} : { broke }) }),
      });
      python.send(orderOf(request));
    });
  }
}

/** What a program may print of who runs it; nothing else of the environment is passed on. */
function userOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['USER', 'LOGNAME', 'LANG'].filter((name) => env[name] !== undefined);
  return { HOME: homedir(), ...Object.fromEntries(names.map((name) => [name, env[name] as string])) };
}

function orderOf({
  file,
  source = '',
  pieces,
  simulation,
  whatIf,
  ties,
  arguments: shown,
  argv,
  limits,
  stdin = '',
  ask,
  whole = false,
}: RunRequest): RunOrder {
  return {
    type: 'run',
    source,
    plan: pieces && JSON.stringify(pieces),
    simulation: simulation && JSON.stringify(simulation),
    whatIf: whatIf?.length ? JSON.stringify(whatIf) : undefined,
    ties,
    arguments: shown,
    file,
    argv,
    limits,
    stdin,
    asks: ask !== undefined,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    whole,
  };
}

/** Waits for `ready`, but no longer than the signals allow. @returns whether one was aborted. */
async function aborted(ready: Promise<void>, signals: readonly AbortSignal[]): Promise<boolean> {
  let cancel = () => {};
  const abort = new Promise<void>((resolve) => {
    cancel = resolve;
    for (const signal of signals) signal.addEventListener('abort', cancel);
  });
  const any = () => signals.some((signal) => signal.aborted);
  if (!any()) await Promise.race([ready, abort]);
  for (const signal of signals) signal.removeEventListener('abort', cancel);
  return any();
}
