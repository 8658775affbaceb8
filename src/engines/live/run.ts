import { piecesText } from '../../source/pieces-text';
import { describeObstacle, type Obstacle } from '../embedded/abilities';
import type { Engine, Limits } from '../engine';
import { type Choice, needed } from '../needed';
import { type Engines, type RunOptions, recordProgram } from '../record-program';

/** Limits in live mode, which runs with every change: long programs are run by hand. */
export const LIVE_LIMITS: Limits = { steps: 20_000, virtualTime: 86_400, wallTime: 2 };
/** Bytes of the record, and characters of output. */
const MOST_RECORDED = 4 << 20;
const MOST_WRITTEN = 1 << 20;

export interface LiveOptions
  extends Pick<
    RunOptions,
    | 'file'
    | 'pieces'
    | 'argv'
    | 'cwd'
    | 'assets'
    | 'annotations'
    | 'whatIf'
    | 'ties'
    | 'arguments'
    | 'libraryCalls'
    | 'ask'
  > {
  readonly source: string;
  readonly python: Engine;
  readonly translate: NonNullable<RunOptions['translate']>;
}

export type LiveEnd =
  | { readonly kind: 'recorded'; readonly trace: Uint8Array; readonly engine: string }
  /** It needs an interpreter; `comments`: unless comments say what a library would do. */
  | { readonly kind: 'obstacle'; readonly message: string; readonly comments: boolean }
  /** More was printed or recorded than a timeline can show. */
  | { readonly kind: 'flood' }
  | { readonly kind: 'cancelled' };

/**
 * Runs a program that is being typed, on the embedded Python and nowhere else.
 * @throws EngineError if that could not be loaded, or nothing was recorded.
 */
export async function runLive(options: LiveOptions, signal: AbortSignal, engines: Engines): Promise<LiveEnd> {
  const { file, pieces, annotations, translate: t } = options;
  const together = pieces && piecesText(pieces);
  const source = together?.text ?? options.source;
  const { found } = needed({ source, lines: together?.lines, annotations }, await engines.modulesBeside(file));
  const [obstacle] = found;
  if (obstacle) return { kind: 'obstacle', message: describeObstacle(obstacle, t), comments: found.every(isModule) };
  const own = new AbortController();
  const cancel = () => own.abort();
  signal.addEventListener('abort', cancel);
  let recorded = 0;
  let written = 0;
  let engine = '';
  const listener = {
    chosen: ({ description }: Choice) => {
      engine = description;
    },
    trace: ({ length }: Uint8Array) => {
      recorded += length;
      if (recorded > MOST_RECORDED) own.abort();
    },
    output: (_stream: string, { length }: string) => {
      written += length;
      if (written > MOST_WRITTEN) own.abort();
    },
  };
  try {
    const { trace } = await recordProgram(
      { ...options, engine: 'embedded', limits: LIVE_LIMITS, whole: true },
      listener,
      own.signal,
      engines,
    );
    if (signal.aborted) return { kind: 'cancelled' };
    return own.signal.aborted ? { kind: 'flood' } : { kind: 'recorded', trace, engine };
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled' };
    if (own.signal.aborted) return { kind: 'flood' };
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

const isModule = ({ lack }: Obstacle) => lack === 'module';
