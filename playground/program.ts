import type { Change } from '../src/core/trace/change';
import type { Translate } from '../src/core/translate';
import type { RunRequest } from '../src/engines/engine';
import { simulationOf } from '../src/engines/simulation';
import { Blocks, refusalText } from '../src/source/blocks';
import { syntaxErrors } from '../src/source/errors';
import { readNeeds } from '../src/source/imports';
import { asPieces } from '../src/source/pieces';
import { piecesText, withDirectives } from '../src/source/pieces-text';
import type { PiecesOrder } from '../src/source/plan';
import { candidateCall } from '../src/source/plan-words';

/** The file that the editor stands for. */
export const FOLDER = '/playground';
export const FILE = `${FOLDER}/program.py`;
/** Seconds of wall time after which the page ends a run. */
export const LONGEST = 20;
const LIMITS = { steps: 1_000_000, virtualTime: 86_400, wallTime: LONGEST };

export interface HowToRun {
  readonly whatIf?: readonly Change[];
  readonly ties?: 'set' | 'reversed';
}

/** What is to be run for this text, or in a sentence why it cannot be. */
export function requestOf(text: string, { whatIf = [], ties }: HowToRun, t: Translate): RunRequest | string {
  const blocks = Blocks.of({ file: FILE, text })!;
  const plan = blocks.plan(0, {});
  if (plan.kind === 'refused') return refusalText(plan.why, t);
  if (plan.kind === 'ways')
    return t('The code shows several ways to do the same thing. Keep only the one that should run.');
  if (plan.kind === 'ask') {
    const calls = plan.candidates.map(candidateCall).join(', ');
    return t('Which coroutine function should run? Add a call at the end, for example: {0}', `await ${calls}`);
  }
  const { kind: _, ...order } = plan.kind === 'file' ? asPieces(blocks.all[0]()) : plan;
  const pieces: PiecesOrder = { program: FILE, file: null, folder: null, ...order };
  const source = piecesText(pieces).text;
  return {
    source,
    pieces: withDirectives(pieces),
    simulation: simulationOf(source, readNeeds(source), true),
    whatIf,
    ...(ties ? { ties } : {}),
    file: FILE,
    argv: [],
    cwd: FOLDER,
    clock: 'virtual',
    limits: LIMITS,
    stdio: 'pipe',
    whole: true,
  };
}

/** Whether the text is Python as it stands: while somebody types it often is not. */
export function isPython(text: string): boolean {
  const [reading] = Blocks.of({ file: FILE, text })!.all;
  return syntaxErrors(reading().module.source).length === 0;
}
