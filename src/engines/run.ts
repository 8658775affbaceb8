import type { Seconds } from '../core/units';
import type { Translate } from '../core/words';
import { EngineError, type Limits, type RunListener } from './engine';

/** Limits that stop a program that would never end, and disturb no other. */
export const defaultLimits: Limits = { steps: 1_000_000, virtualTime: 86_400 as Seconds, wallTime: 60 as Seconds };

export interface RunOptions {
  /** Absolute path of the program, also where its text is given in `source`. */
  readonly file: string;
  /** Its text, where that is not what the disk holds (an unsaved editor). */
  readonly source?: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Default: virtual on the embedded Python, real on an interpreter. A clock `real` needs an interpreter. */
  readonly clock?: 'virtual' | 'real';
  /** `auto`, `embedded`, `interpreter` (found), or the path or command of an interpreter. */
  readonly engine: string;
  readonly limits: Limits;
  /** The `dist` folder: `python/`, `pyodide/`, `embedded-worker.mjs`. */
  readonly assets: string;
  /** The interpreter that `auto` and `interpreter` use, where the user set one; none: the first good one found. */
  readonly pythonPath?: string;
  /** Text for standard input. */
  readonly stdin?: string;
  /**
   * Where the program's stdin, stdout and stderr go. `pipe` (default): to the listener. `inherit`: to the host's own, `stderr`: both to the
   * host's stderr; the listener then hears of no output of an interpreter.
   */
  readonly stdio?: 'pipe' | 'inherit' | 'stderr';
  /** Language of reasons and errors; default English. */
  readonly translate?: Translate;
}

/** Which engine runs the program, and why. */
export interface Choice {
  readonly engine: 'embedded' | 'interpreter';
  /** For people: `embedded Python 3.14`, `Python 3.12.1 (/usr/bin/python3)`. */
  readonly description: string;
  /** A sentence. */
  readonly reason: string;
  readonly clock: 'virtual' | 'real';
}

export interface ProgramListener extends RunListener {
  chosen(choice: Choice): void;
}

export interface RunResult {
  /** All that was recorded: the bytes of a trace file. Empty if the program ended before its first record. */
  readonly trace: Uint8Array;
  /** The program's exit code; `null`: it was killed. */
  readonly exit: number | null;
  readonly choice: Choice;
}

/**
 * Runs a Python program under the tracer, on the engine that fits it.
 * Aborting `signal` ends the run; what was recorded up to then is the result.
 * @throws EngineError if the program could not be run. Its message is for the user.
 */
export async function runProgram(
  _options: RunOptions,
  _listener: ProgramListener,
  _signal: AbortSignal,
): Promise<RunResult> {
  throw new EngineError('No engine is built in yet.');
}

/** Ends the embedded Python that is kept warm between runs. */
export function disposeEngines(): void {}
