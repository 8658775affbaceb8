import { baseName } from '../../core/places/base-name';
import type { Rerun } from '../../core/protocol/messages';
import { readTimeline } from '../../core/timeline/build';
import type { Timeline } from '../../core/timeline/model';
import { whyNotShown } from '../../core/words/not-shown';
import { refusalText } from '../../source/blocks';
import { readSettings } from '../engine/settings';
import type { LiveEngine } from '../host/host';
import { programFrom } from '../program/program';
import { type Origin, planAgain } from '../program/target';
import { exactBytes } from '../recording/exact-bytes';
import type { Recorded, Recording } from '../recording/recording';
import { t } from '../words/translate';
import type { InputAnswers } from './input-answers';
import { changesOf, sayLost, settle } from './what-if';

/** The result of running the current text: a record to show, or why there is none. */
export type Outcome =
  | { readonly recording: Recording; readonly timeline: Timeline; readonly fails: boolean }
  | { readonly obstacle: string };

/** Plans and runs the current text. @returns undefined if the run was cancelled */
export async function runAgain(
  origin: Origin,
  {
    python,
    recorded,
    answers,
  }: {
    readonly python: LiveEngine;
    readonly recorded: Recorded;
    readonly answers: InputAnswers;
  },
  edited: number,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const began = Date.now();
  const plan = await planAgain(origin);
  if (signal.aborted) return undefined;
  if (!plan) return { obstacle: t('The block that was run no longer exists.') };
  if (plan.kind === 'refused') return { obstacle: refusalText(plan.why, t).replaceAll('`', "'") };
  if (plan.kind === 'ask' || plan.kind === 'ways')
    return { obstacle: t('Coroscope can no longer tell what to run. Run it once yourself.') };
  const program = programFrom(plan, origin);
  const { file, source, pieces, folder, uri } = program;
  const { args, annotations, ties, arguments: shown, libraryCalls } = readSettings(uri);
  const { kept, lost } = await settle(await changesOf(recorded), recorded.current.source, program);
  const input = answers.known(file);
  const options = {
    file,
    ask: input.ask,
    source,
    pieces,
    whatIf: kept,
    argv: args,
    cwd: folder,
    annotations,
    ties,
    arguments: shown,
    libraryCalls,
    translate: t,
  };
  const planned = Date.now();
  const end = await python.run(options, signal);
  if (end.kind === 'cancelled' || signal.aborted) return undefined;
  if (end.kind === 'flood') return { obstacle: t('Stopped: it records or prints more than can be shown.') };
  if (end.kind === 'obstacle') return { obstacle: needed(end.message, end.comments) };
  if (input.missing())
    return { obstacle: t('It asks for input. Run it once and answer: live mode then uses your answers.') };
  const ran = Date.now();
  const trace = exactBytes(end.trace);
  const timeline = readTimeline(trace);
  const why = whyNotShown(timeline, t);
  if (why !== undefined) return { obstacle: why };
  const again: Rerun = { edited, began, planned, ran, sent: Date.now() };
  const status = { program: baseName(file), engine: end.engine, reason: t('Live: re-run as you type.') };
  const recording = { status: { ...status, state: 'done' as const }, trace, file, source, at: planned, root: folder };
  sayLost(lost, file, true);
  const fails = timeline.errors.some(({ kind }) => kind === 'uncaught');
  return { recording: { ...recording, origin, again, whatIf: kept }, timeline, fails };
}

function needed(obstacle: string, comments: boolean): string {
  const why = t('Live mode runs on the embedded Python, which cannot run this: {0}.', obstacle);
  if (!comments) return why;
  return `${why} ${t('A comment can simulate the library: {0}', '# coroscope: takes 1s')}`;
}
