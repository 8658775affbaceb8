import type { Change } from '../core/trace/change';
import type { Seconds } from '../core/units';
import type { PiecesOrder } from '../source/plan';
import type { Simulation } from './simulation';

/** Where a program is stopped. All of them are settings. */
export interface Limits {
  /** Steps of tasks. */
  readonly steps: number;
  /** How far the virtual clock may run. */
  readonly virtualTime: Seconds;
  /** How long the run may take, by the wall clock; 0: as long as it likes. */
  readonly wallTime: Seconds;
}

export interface RunRequest {
  /** Absolute path of the program: what its frames, `sys.argv[0]` and `__file__` say. */
  readonly file: string;
  /** Its text, if it differs from the disk (an unsaved editor). */
  readonly source?: string;
  /** What the program's comments simulate. */
  readonly simulation?: Simulation;
  /** What to run instead of the text of the file: pieces of documents. */
  readonly pieces?: PiecesOrder;
  /** What to run instead of a file: a module, by its dotted name. Needs an interpreter. */
  readonly module?: string;
  /** Changed waits. Needs the virtual clock. */
  readonly whatIf?: readonly Change[];
  /** `reversed`: timers that are due at one instant, but were set at different moments, fire in the other order. On the virtual clock. */
  readonly ties?: 'set' | 'reversed';
  /** False: what the coroutines of tasks were called with is not recorded. */
  readonly arguments?: boolean;
  /** False: what was asked of known libraries is not told in the names of waits. */
  readonly libraryCalls?: boolean;
  /** `full`: an interpreter before 3.12 follows the coroutines inside tasks on the real clock too, though every call costs something then. */
  readonly detail?: 'auto' | 'full';
  /** Python processes that the program starts are recorded too, at the end of its trace. Needs an interpreter and the real clock. */
  readonly followChildren?: boolean;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly clock: 'virtual' | 'real';
  readonly limits: Limits;
  /** Asks the program to end as Ctrl+C does: it may clean up, or go on. Whatever `run`'s own signal ends does not. */
  readonly interrupt?: AbortSignal;
  /** Kills the program; `run`'s own signal lets it finish its record. */
  readonly kill?: AbortSignal;
  /** Somebody watches: what was recorded is written as soon as all loops wait. Of an interpreter; else it comes with the turns after that. */
  readonly writesWhenIdle?: boolean;
  /** The trace is only read at the end, so the embedded Python does not have to stream it; default false. */
  readonly whole?: boolean;
  /** Text for standard input; none: end of file at once (embedded) or the host's own (interpreter in a terminal). */
  readonly stdin?: string;
  /** Asks a person for what the program reads from standard input, where that is the listener's. Its waiting counts for no limit. */
  readonly ask?: Ask;
  /** Where an interpreter's stdin, stdout and stderr go: to the listener, to the host's own, or both to the host's stderr. */
  readonly stdio: 'pipe' | 'inherit' | 'stderr';
}

/**
 * Asks for the next line. @param before what the program printed on its last line, which is mostly the question
 * @returns text with its line break; undefined: there is no more input. Once `signal` aborts nobody waits for it
 */
export type Ask = (before: string, signal: AbortSignal) => Promise<string | undefined>;

/** Receives what the program sends while it runs. */
export interface RunListener {
  /** The next bytes of the trace. */
  trace(bytes: Uint8Array): void;
  /** What the program wrote to its own stdout or stderr. */
  output(stream: 'stdout' | 'stderr', text: string): void;
}

/** Why the host ended a run. */
export type StopReason = 'cancelled' | 'wall-time';

/** How the program ended. */
export interface RunEnd {
  /** `null`: it was killed. */
  readonly exit: number | null;
  readonly stopped: StopReason | undefined;
  /** The signal that killed it, or how the embedded Python broke down. */
  readonly broke?: string;
}

export interface Engine {
  readonly name: 'embedded' | 'interpreter';
  /**
   * Runs a program to its end, to a limit, or until `signal` aborts; whatever was recorded has reached the listener by then.
   * @throws EngineError if the program could not be started.
   */
  run(request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd>;
  dispose(): void;
}

/** Coroscope could not run the program. The message is for the user: what happened, where, what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

/** The program ran, but its trace is empty. */
export class NothingRecorded extends EngineError {}
