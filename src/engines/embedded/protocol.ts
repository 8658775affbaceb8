import type { Limits } from '../engine';

/** Host → worker: one run. */
export interface RunOrder {
  readonly type: 'run';
  readonly source: string;
  /** JSON of the pieces that are run instead. */
  readonly plan?: string;
  readonly file: string;
  /** JSON of a `Simulation`. */
  readonly simulation?: string;
  /** JSON of the waits that take another time. */
  readonly whatIf?: string;
  readonly argv: readonly string[];
  readonly limits: Limits;
  readonly stdin: string;
  /** See `RunRequest`. */
  readonly whole: boolean;
}

/** Worker → host. Bytes and text come in batches, in the order in which they were made. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly python: string }
  | { readonly type: 'trace'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  /** `heap`: bytes that Python has taken; WebAssembly never gives any back. */
  | { readonly type: 'done'; readonly exit: number; readonly heap: number }
  /** The program ended Python itself: this one is not to be used again. */
  | { readonly type: 'exited'; readonly exit: number }
  /** The run itself broke; nor is this one. */
  | { readonly type: 'failed'; readonly message: string };

/** What the worker is started with. */
export interface WorkerData {
  /** The `dist` folder. */
  readonly assets: string;
  /** One byte; 2 asks Python to stop. */
  readonly interrupt: Uint8Array<SharedArrayBuffer>;
  /** Bytes that Python may take; none: as many as WebAssembly can. */
  readonly memory?: number;
  /** Whose program it is, as environment variables tell: `HOME`, `USER`, `LANG`. */
  readonly user: Readonly<Record<string, string>>;
}
