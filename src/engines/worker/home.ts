import type { Translate } from '../../core/translate';
import { Kind } from '../embedded/frames';
import type { ChildMessage, Order, RunOrder, StopWord } from '../embedded/protocol';
import type { HomeListener, PythonHome } from '../embedded/python-engine';
import { EngineError } from '../engine';
import type { FromWorker, ToLoad, ToWorker } from './messages';

/** As much of a browser's worker as is needed. */
export interface WorkerLike {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

/** What a worker is made of; loaded once for all of them. */
export interface WorkerParts {
  start(): WorkerLike;
  readonly load: Omit<ToLoad, 'memory' | 'snapshot'>;
  /** The memory of a loaded Python: what one worker has made, those after it begin with. */
  readonly snapshots?: SnapshotStore;
}

export interface SnapshotStore {
  get(): Uint8Array<ArrayBuffer> | undefined;
  /** Undefined: the one that was given is of no use. */
  set(snapshot: Uint8Array<ArrayBuffer> | undefined): void;
}

/** Words by which a program gets at standard input. Only where one is in its text is the end of the run waited for. */
const READS = /\b(input|stdin|getpass|fileinput|breakpoint|pdb)\b/;

/** A run, which begins anew with each answer to its `input()`. */
interface Attempt {
  readonly order: RunOrder;
  readonly answers: (string | null)[];
  readonly seed: readonly number[] | undefined;
  /** Bytes of output that have been passed on, and that this attempt has made so far. */
  readonly passed: Record<'stdout' | 'stderr', number>;
  made: Record<'stdout' | 'stderr', number>;
  /** The record of this attempt, which is passed on when no other one follows. */
  held: Uint8Array[];
}

/**
 * A worker that is the embedded Python, seen from its host. It cannot be interrupted: what is to stop is ended, and another worker
 * takes its place.
 */
export class WorkerHome implements PythonHome {
  readonly ready: Promise<void>;
  readonly snapshot = false;
  #worker: WorkerLike | undefined;
  /** The worker that runs next is loaded. */
  #loaded!: Promise<void>;
  #ended = false;
  #listener: HomeListener | undefined;
  #attempt: Attempt | undefined;

  constructor(
    private readonly parts: Promise<WorkerParts>,
    private readonly memory: number,
    private readonly translate: Translate,
  ) {
    this.#begin();
    this.ready = this.#loaded;
  }

  get alive(): boolean {
    return !this.#ended;
  }

  listen(listener: HomeListener | undefined): void {
    this.#listener = listener;
  }

  send(order: Order): void {
    if (order.type === 'run') {
      const asks = order.asks && READS.test(order.source + (order.plan ?? ''));
      this.#attempt = {
        order: { ...order, asks },
        answers: [],
        seed: asks ? [...crypto.getRandomValues(new Uint32Array(4))] : undefined,
        passed: { stdout: 0, stderr: 0 },
        made: { stdout: 0, stderr: 0 },
        held: [],
      };
      void this.#run();
    } else if (order.type === 'answer') {
      this.#attempt?.answers.push(order.text);
      void this.#run();
    } else queueMicrotask(() => this.#listener?.message({ type: 'warm' }));
  }

  stop(why: StopWord | undefined): void {
    if (why === undefined || this.#ended) return;
    this.end();
    // Whoever stops it is not done yet with what it does besides.
    queueMicrotask(() => this.#over(undefined));
  }

  end(): void {
    this.#ended = true;
    this.#drop();
  }

  hold(): void {}

  #drop(): void {
    if (!this.#worker) return;
    this.#worker.onmessage = null;
    // One that is ended while it computes says that it failed.
    this.#worker.onerror = (event) => event.preventDefault?.();
    this.#worker.terminate();
    this.#worker = undefined;
  }

  #begin(): void {
    this.#loaded = this.#load();
    this.#loaded.catch(() => {});
  }

  async #load(): Promise<void> {
    const t = this.translate;
    const why = (error: unknown) =>
      new EngineError(
        t('The embedded Python could not be loaded: {0}', error instanceof Error ? error.message : String(error)),
      );
    try {
      const parts = await this.parts;
      if (this.#ended) return;
      const { snapshots } = parts;
      const snapshot = snapshots?.get();
      let worker: WorkerLike;
      try {
        worker = await this.#started(parts, snapshot);
      } catch (error) {
        if (!snapshot || this.#ended) throw error;
        snapshots?.set(undefined);
        this.#drop();
        worker = await this.#started(parts, undefined);
      }
      worker.onmessage = ({ data }) => this.#take(data);
      worker.onerror = ({ message = '' }) => this.#broke(message);
    } catch (error) {
      this.end();
      throw why(error);
    }
  }

  #started({ start, load, snapshots }: WorkerParts, snapshot: ToLoad['snapshot']): Promise<WorkerLike> {
    const worker = start();
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => {
        if (data.type === 'snapshot') snapshots?.set(data.bytes);
        else if (data.type !== 'message') return;
        else if (data.message.type === 'ready') resolve(worker);
        else if (data.message.type === 'failed') reject(new Error(data.message.message));
      };
      worker.onerror = ({ message = '' }) => reject(new Error(message));
      worker.postMessage({ ...load, memory: this.memory, ...(snapshot ? { snapshot } : {}) });
    });
  }

  async #run(): Promise<void> {
    const attempt = this.#attempt;
    if (!attempt) return;
    attempt.made = { stdout: 0, stderr: 0 };
    attempt.held = [];
    try {
      await this.#loaded;
    } catch (error) {
      this.#broke((error as Error).message);
      return;
    }
    if (this.#ended || this.#attempt !== attempt) return;
    const { order, answers, seed } = attempt;
    this.#worker?.postMessage({ type: 'run', order, answers: [...answers], seed });
  }

  #take(data: FromWorker): void {
    if (data.type === 'bytes') this.#bytes(data.kind, data.bytes);
    else if (data.type === 'message') this.#message(data.message);
  }

  #bytes(kind: Kind, bytes: Uint8Array): void {
    const attempt = this.#attempt;
    if (!attempt) return;
    if (kind === Kind.stdout || kind === Kind.stderr) {
      const name = kind === Kind.stdout ? 'stdout' : 'stderr';
      attempt.made[name] += bytes.length;
      const fresh = attempt.made[name] - attempt.passed[name];
      if (fresh <= 0) return;
      attempt.passed[name] = attempt.made[name];
      this.#listener?.bytes(kind, bytes.subarray(Math.max(0, bytes.length - fresh)));
    } else if (attempt.order.asks) attempt.held.push(bytes);
    else this.#listener?.bytes(kind, bytes);
  }

  #message(message: ChildMessage): void {
    if (message.type === 'asks') {
      // Another one is loaded while the answer is typed.
      this.#drop();
      this.#begin();
    } else if (message.type === 'done' || message.type === 'exited' || message.type === 'failed') this.#pass();
    this.#listener?.message(message);
  }

  /** The record of the last attempt is that of the run. */
  #pass(): void {
    for (const bytes of this.#attempt?.held.splice(0) ?? []) this.#listener?.bytes(Kind.trace, bytes);
    this.#attempt = undefined;
  }

  #broke(why: string): void {
    this.end();
    this.#over(why);
  }

  #over(why: string | undefined): void {
    this.#pass();
    this.#listener?.gone(why);
  }
}
