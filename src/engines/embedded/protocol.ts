import type { Limits } from '../engine';

/** Open only where the snapshot is to be made. */
export const SNAPSHOT_FD = 3;

/** What the process of the embedded Python is started with: JSON, its only argument. */
export interface ChildConfig {
  /** The `dist` folder. */
  readonly assets: string;
  /** A file that is there while the program is to stop; it holds a `StopWord`. */
  readonly stop: string;
  /** Bytes that Python may take; none: as many as WebAssembly can. */
  readonly memory?: number;
  /** Whose program it is, as environment variables tell: `HOME`, `USER`, `LANG`. Python sees no others. */
  readonly user: Readonly<Record<string, string>>;
  /** The file with the snapshot of its memory, if there is one. */
  readonly snapshot?: string;
  /** Where there is none that fits: makes it, writes it to `SNAPSHOT_FD` and closes that before it is ready. */
  readonly makeSnapshot?: boolean;
  /** Tests take one of the two layers away, to see that the other one holds. */
  readonly layers: Layers;
}

export interface Layers {
  /** The process: permissions of the runtime, no network. */
  readonly outer: boolean;
  /** What is left in the JavaScript realm and in Python. */
  readonly inner: boolean;
}

/** Why the program is to stop: `interrupt` is Ctrl+C, which it may handle. */
export type StopWord = 'interrupt' | 'cancelled' | 'wall-time';

/** Host → child: one run; or what programs do for the first time, done once ahead of them. */
export type Order = RunOrder | { readonly type: 'warm-up' } | Answer;

/** What was typed for the question `id`; null: there is no more input. */
export interface Answer {
  readonly type: 'answer';
  readonly id: number;
  readonly text: string | null;
}

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
  /** See `RunRequest`. */
  readonly ties?: 'set' | 'reversed';
  /** False: what the coroutines of tasks were called with is not recorded. */
  readonly arguments?: boolean;
  readonly argv: readonly string[];
  readonly limits: Limits;
  readonly stdin: string;
  /** Standard input is asked for, line by line. */
  readonly asks: boolean;
  /** Name of the local time zone. */
  readonly zone: string;
  /** See `RunRequest`. */
  readonly whole: boolean;
}

/** Child → host. The trace and the output come as frames of their own, in batches, in the order in which they were made. */
export type ChildMessage =
  /** `snapshot`: it was started from that; `made`: one was written. */
  | { readonly type: 'ready'; readonly snapshot: boolean; readonly made: boolean }
  | { readonly type: 'warm' }
  /** The program begins: its time counts from here. */
  | { readonly type: 'began' }
  /** The program reads from standard input, and waits for the answer. */
  | { readonly type: 'asks'; readonly id: number }
  /** `heap`: bytes that Python has taken; WebAssembly never gives any back. */
  | { readonly type: 'done'; readonly exit: number; readonly heap: number }
  /** The program ended Python itself: this one is not to be used again. */
  | { readonly type: 'exited'; readonly exit: number }
  /** The run itself broke; nor is this one. */
  | { readonly type: 'failed'; readonly message: string };

/** @returns undefined if it is no message of the child's: what comes from there is never taken at its word */
export function childMessage(payload: Uint8Array): ChildMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, exit, heap, message, snapshot, made, id } = value as Record<string, unknown>;
  if (type === 'ready' && typeof snapshot === 'boolean' && typeof made === 'boolean') return { type, snapshot, made };
  if (type === 'began' || type === 'warm') return { type };
  if (type === 'asks' && typeof id === 'number') return { type, id };
  if (type === 'done' && isCode(exit) && typeof heap === 'number') return { type, exit, heap };
  if (type === 'exited' && isCode(exit)) return { type, exit };
  if (type === 'failed' && typeof message === 'string') return { type, message };
  return undefined;
}

function isCode(exit: unknown): exit is number {
  return Number.isInteger(exit);
}
