import type { Kind } from '../embedded/frames';
import type { TracerFile } from '../embedded/load';
import type { ChildMessage, RunOrder } from '../embedded/protocol';

/** Host → worker, first: what Python is made of. */
export interface ToLoad {
  readonly type: 'load';
  /** Addresses of two modules of Pyodide's, which are imported. */
  readonly asm: string;
  readonly api: string;
  /** `pyodide.asm.wasm`, compiled: once for all workers. */
  readonly module: object;
  readonly library: Uint8Array<ArrayBuffer>;
  /** Of `pyodide-lock.json`, what tells its version. */
  readonly info: unknown;
  readonly tracer: readonly TracerFile[];
  /** Bytes that Python may take. */
  readonly memory: number;
  /** The memory of a Python that was loaded before: this one begins with it. */
  readonly snapshot?: Uint8Array<ArrayBuffer>;
}

/** Host → worker: run this, one at a time. */
export interface ToRun {
  readonly type: 'run';
  readonly order: RunOrder;
  /** What was typed so far, where the program asks for input; null: the end of the input. */
  readonly answers: readonly (string | null)[];
  /** Where the program is run once more with another answer, its random numbers are the same. */
  readonly seed: readonly number[] | undefined;
}

export type ToWorker = ToLoad | ToRun;

/** Worker → host. */
export type FromWorker =
  | { readonly type: 'message'; readonly message: ChildMessage }
  /** Before it is ready, where it had no snapshot. */
  | { readonly type: 'snapshot'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'bytes'; readonly kind: Kind; readonly bytes: Uint8Array };
