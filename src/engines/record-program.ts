import { baseName } from '../core/places/base-name';
import type { Change } from '../core/trace/change';
import { type Translate, translator } from '../core/translate';
import type { Seconds } from '../core/units';
import { readNeeds } from '../source/imports';
import { piecesText, withDirectives } from '../source/pieces-text';
import type { PiecesOrder } from '../source/plan';
import {
  type Ask,
  type Engine,
  EngineError,
  type Limits,
  NothingRecorded,
  type RunEnd,
  type RunListener,
  type RunRequest,
} from './engine';
import { FlightRecorder } from './flight/recorder';
import type { Choice, IsLocal, Wish } from './needed';
import type { FinishedTrace } from './record/finished';
import { inMemory, type Recorder } from './record/recorder';
import { type Annotations, annotated, simulationOf } from './simulation';
import type { Stop } from './stop-record';

export type { Choice } from './needed';

/** Requested limits. The defaults of wall time and steps depend on the engine. */
export type AskedLimits = Pick<Limits, 'virtualTime'> & {
  readonly steps?: Limits['steps'] | undefined;
  readonly wallTime?: Limits['wallTime'] | undefined;
};

/**
 * Default limits, which stop programs that would never end and do not disturb others. None on the real clock: there
 * programs are servers, too, which run for days.
 */
export const defaultLimits: Limits = { steps: 1_000_000, virtualTime: 86_400, wallTime: 60 };

export interface RunOptions {
  /** Absolute path of the program, also where its text is given in `source`. */
  readonly file: string;
  /** Its text, if it differs from the disk (an unsaved editor). */
  readonly source?: string;
  /** What to run instead of the text of the file: pieces of documents. */
  readonly pieces?: PiecesOrder;
  /** What to run instead of a file: a module, by its dotted name. Needs an interpreter. */
  readonly module?: string;
  readonly argv: readonly string[];
  /** Environment variables beside the host's own. Only for interpreters: the embedded Python has none. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Default: virtual on the embedded Python, real on an interpreter. The clock `real` needs an interpreter. */
  readonly clock?: 'virtual' | 'real';
  /** `auto`, `embedded`, `interpreter` (found), or the path or command of an interpreter. */
  readonly engine: string;
  readonly limits: AskedLimits;
  /** Asks the program to end as Ctrl+C does; see `RunRequest`. */
  readonly interrupt?: AbortSignal;
  /** Kills it; the run's own signal lets it finish its record. */
  readonly kill?: AbortSignal;
  /** Changed waits: the run uses the virtual clock. */
  readonly whatIf?: readonly Change[];
  /** See `RunRequest`. */
  readonly ties?: 'set' | 'reversed';
  /** False: what the coroutines of tasks were called with is not recorded. */
  readonly arguments?: boolean;
  /** False: what was asked of known libraries is not told in the names of waits. */
  readonly libraryCalls?: boolean;
  /** See `RunRequest`. */
  readonly detail?: 'auto' | 'full';
  /** See `RunRequest`; without an effect on the virtual clock, and where only the last seconds are kept. */
  readonly followChildren?: boolean;
  /** Whether comments of the program direct the run; default `auto`: where the clock is virtual. */
  readonly annotations?: Annotations;
  /** Keeps only this many last seconds of the record; none: all of it. */
  readonly keep?: Seconds;
  /** Where the trace goes; default into memory: of its last seconds with `keep`, else all of it. */
  readonly recorder?: Recorder;
  /** The `dist` folder: `python/`, `pyodide/`, `embedded-python.mjs`. */
  readonly assets: string;
  /** Folder in which the snapshot of the embedded Python is kept; default the user's for such things. */
  readonly cache?: string;
  /** The interpreter that `auto` and `interpreter` use, where the user set one; none: the first good one found. */
  readonly pythonPath?: string;
  /** See `RunRequest`. */
  readonly writesWhenIdle?: boolean;
  /** See `RunRequest`. */
  readonly whole?: boolean;
  /** Text for standard input. */
  readonly stdin?: string;
  /** See `RunRequest`; in the place of `stdin`. */
  readonly ask?: Ask;
  /**
   * Where the program's stdin, stdout and stderr go. `pipe` (default): to the listener. `inherit`: to the host's own, `stderr`: both to
   * the host's stderr; the listener then hears of no output of an interpreter.
   */
  readonly stdio?: 'pipe' | 'inherit' | 'stderr';
  /** The embedded Python to use instead of the shared one. */
  readonly python?: Engine;
  /** Language of reasons and errors; default English. */
  readonly translate?: Translate;
}

export interface ProgramListener extends RunListener {
  chosen(choice: Choice): void;
  /** The run begins, and `soFar()` gives the pieces of its trace at any time: of its last seconds with `keep`, else all of it. */
  recording?(soFar: () => Iterable<Uint8Array>): void;
}

export interface RunResult {
  /** All that was recorded: a trace file, and its bytes. */
  readonly recorded: FinishedTrace;
  readonly trace: Uint8Array;
  /** The program's exit code; `null`: it was killed. */
  readonly exit: number | null;
  /** The signal that killed it, or how the embedded Python broke down. */
  readonly broke?: string;
  readonly choice: Choice;
}

/** What Node and a browser do differently. */
export interface Engines {
  /** The text of a program that no editor has changed. @throws EngineError if it cannot be read */
  source(file: string, t: Translate): Promise<string>;
  /** @throws EngineError if nothing here can run the program; its one message says what is missing */
  choose(wish: Wish, t: Translate): Promise<Choice>;
  engine(choice: Choice, options: RunOptions, t: Translate): Engine;
  /** Tells the modules that stand beside a program from others. */
  modulesBeside(file: string): Promise<IsLocal>;
}

/**
 * Runs a Python program under the tracer, on the engine that fits it.
 * Aborting `signal` ends the run; what was recorded up to then is the result.
 * @throws EngineError if the program could not be run. Its message is for the user.
 */
export async function recordProgram(
  options: RunOptions,
  listener: ProgramListener,
  signal: AbortSignal,
  engines: Engines,
): Promise<RunResult> {
  const t = options.translate ?? translator(undefined);
  const { pieces, module } = options;
  const together = pieces && piecesText(pieces);
  const source = together?.text ?? options.source ?? (module ? '' : await engines.source(options.file, t));
  const changed = (options.whatIf?.length ?? 0) > 0;
  if (changed && options.clock === 'real')
    throw new EngineError(
      t('On the real clock you cannot change how long a wait takes. What-if runs need the virtual clock.'),
    );
  const clock = changed ? 'virtual' : options.clock;
  const choice = await engines.choose({ ...options, clock, source, lines: together?.lines }, t);
  listener.chosen(choice);
  const engine = (choice.engine === 'embedded' && options.python) || engines.engine(choice, options, t);
  const record = options.recorder ?? (options.keep === undefined ? inMemory() : new FlightRecorder(options.keep));
  listener.recording?.(() => record.soFar());
  const collect = (bytes: Uint8Array) => {
    record.push(bytes);
    listener.trace(bytes);
  };
  const simulated = annotated(options.annotations, choice.clock);
  const { virtualTime } = options.limits;
  const normal = choice.clock === 'real' ? { steps: 0, wallTime: 0 } : defaultLimits;
  const { steps = normal.steps, wallTime = normal.wallTime } = options.limits;
  const limits: Limits = { steps, virtualTime, wallTime };
  const request = {
    ...options,
    limits,
    // An interpreter reads the file itself, so that it sees what it would see without Coroscope.
    source: choice.engine === 'embedded' ? source : options.source,
    clock: choice.clock,
    pieces: pieces && simulated ? withDirectives(pieces) : pieces,
    simulation: simulated ? simulationOf(source, readNeeds(source), pieces !== undefined) : undefined,
    stdio: options.stdio ?? 'pipe',
    followChildren: options.followChildren === true && choice.clock === 'real' && options.keep === undefined,
  };
  const end = await engine.run(request, { trace: collect, output: listener.output.bind(listener) }, signal);
  const stop: Stop = describeEnd(end, { file: options.file, limits }, t);
  const recorded = record.finish(stop);
  if (recorded.length === 0) {
    const lost = t(
      'Nothing was recorded for {0}: it ended with exit code {1}, and the trace is empty.',
      baseName(options.file),
      end.exit ?? 0,
    );
    throw new NothingRecorded(stop.reason === 'unfinished' ? lost : stop.message);
  }
  return {
    recorded,
    // Whoever has a long run does not ask for all of it at once.
    get trace() {
      return recorded.whole();
    },
    exit: end.exit,
    broke: end.broke,
    choice,
  };
}

/** Why a trace may end in the middle, for the trace itself and for the user. */
function describeEnd(end: RunEnd, { file, limits }: Pick<RunRequest, 'file' | 'limits'>, t: Translate): Stop {
  const name = baseName(file);
  if (end.stopped === 'cancelled') return { reason: 'cancelled', message: t('{0} was cancelled.', name) };
  if (end.stopped === 'wall-time') {
    return {
      reason: 'wall-time',
      message: t('{0} was stopped after {1} s, the limit of wall time.', name, limits.wallTime),
    };
  }
  if (end.broke) return { reason: 'killed', message: t('{0} was killed ({1}).', name, end.broke) };
  if (end.exit === null) return { reason: 'killed', message: t('{0} was killed.', name) };
  // A whole record says itself how the program ended, and is left as it is.
  const message = t('The recording ends before {0} does: its connection to Coroscope was closed or overwritten.', name);
  return { reason: 'unfinished', message };
}
