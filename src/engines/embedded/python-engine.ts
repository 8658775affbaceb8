import { Dialog, WallLimit } from '../dialog';
import type { Engine, RunEnd, RunListener, RunRequest, StopReason } from '../engine';
import { Kind } from './frames';
import type { ChildMessage, Order, RunOrder, StopWord } from './protocol';

/** How long Python may take to finish its record after it was asked to stop, before its process is killed (ms). */
const PATIENCE = 2_000;
/** The tracer itself enforces the limit of wall time; the host does so this much later (ms). */
const LATER = 250;

/** What comes from the place where a Python lives. */
export interface HomeListener {
  message(message: ChildMessage): void;
  bytes(kind: Kind, payload: Uint8Array): void;
  /** It has ended. `broke`: its last output or how it ended, if it crashed. */
  gone(broke: string | undefined): void;
}

/** Where a Python lives, seen from its host: a process of Node's, or a worker of a browser. */
export interface PythonHome {
  /** Rejects if Python could not be loaded. */
  readonly ready: Promise<void>;
  readonly alive: boolean;
  /** Its Python came out of a snapshot, and was not warmed up. */
  readonly snapshot: boolean;
  /** The current listener. */
  listen(listener: HomeListener | undefined): void;
  send(order: Order): void;
  /** Asks the program to stop, or withdraws that. */
  stop(why: StopWord | undefined): void;
  end(): void;
  /** Whether it keeps its host alive. */
  hold(on: boolean): void;
}

/** CPython as WebAssembly, kept between runs. One run at a time: a second one waits. */
export class PythonEngine<Home extends PythonHome = PythonHome> implements Engine {
  readonly name = 'embedded';
  #home: Home | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #heap = 0;

  /** @param start throws EngineError if Coroscope is not complete @param patience see `PATIENCE` */
  constructor(
    private readonly start: () => Home,
    private readonly patience = PATIENCE,
  ) {}

  /** Bytes that its Python has taken so far. */
  get heap(): number {
    return this.#heap;
  }

  /** Where its Python lives, once there was a run. */
  protected get home(): Home | undefined {
    return this.#home;
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

  #warmUp(python: Home): Promise<void> {
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
    this.#home?.end();
    this.#home = undefined;
  }

  #start(): Home {
    if (this.#home?.alive) return this.#home;
    this.#home = this.start();
    return this.#home;
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

  #execute(python: Home, request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd> {
    const { interrupt, kill, limits } = request;
    const { patience } = this;
    let stopped: StopReason | undefined;
    let killer: ReturnType<typeof setTimeout> | undefined;
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
      const decoders = { [Kind.stdout]: new TextDecoder(), [Kind.stderr]: new TextDecoder() };
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
          else if (kind === Kind.stdout) output('stdout', decoders[kind].decode(payload, { stream: true }));
          else if (kind === Kind.stderr) output('stderr', decoders[kind].decode(payload, { stream: true }));
        },
        gone: (broke) => finish({ exit: null, ...(broke === undefined ? {} : { broke }) }),
      });
      python.send(orderOf(request));
    });
  }
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
