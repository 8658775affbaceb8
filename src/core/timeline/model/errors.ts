import type { Seconds } from '../../units';

export interface ProgramError {
  readonly time: Seconds;
  /** Place on the steps axis. */
  readonly step: number;
  readonly kind: 'uncaught' | 'handler' | 'never-retrieved' | 'never-awaited' | 'awaited-twice' | 'tracer';
  readonly type: string;
  readonly message: string;
  readonly traceback: string;
  readonly task: number;
  readonly site: number;
  /** `never-awaited`: whether `site` is the line that made the coroutine, or where it was seen to be gone (0: it was still held at the end). */
  readonly told?: 'made' | 'noticed';
  /** Of an exception group: the exceptions in it, those of groups within it too; the first 20. */
  readonly holds?: readonly HeldError[];
  /** `awaited-twice`: id of the coroutine's run, where it is known which. */
  readonly coroutine?: number;
}

/** An exception in an exception group. */
export interface HeldError {
  readonly type: string;
  readonly message: string;
  /** Where it was raised: the innermost place in the program, 0 unknown. */
  readonly site: number;
}
