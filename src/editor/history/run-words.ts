import { env, MarkdownString } from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import type { Verdict } from '../../core/history/verdict';
import { baseName } from '../../core/places/base-name';
import { formatDuration } from '../../core/units';
import { changeText } from '../../core/words/changes';
import { t } from '../words/translate';

/** Kept runs for people. */

export function runName({ title, file, whatIf }: KeptRun): string {
  return title || (whatIf ? t('{0}, what if', baseName(file)) : baseName(file));
}

export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'ended':
      return t('ended');
    case 'findings':
      return t('ended, with findings');
    case 'error':
      return t('failed');
    case 'cancelled':
      return t('cancelled');
    case 'stopped':
      return t('stopped');
  }
}

/** The time of a run of today, else its day too. */
export function whenText({ when }: Pick<KeptRun, 'when'>, now = new Date()): string {
  const date = new Date(when);
  const today = date.toDateString() === now.toDateString();
  const day = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  return date.toLocaleString(env.language, today ? time : day);
}

export function runDescription(run: KeptRun): string {
  return [formatDuration(run.duration), whenText(run), `Python ${minor(run.python)}`].join(' · ');
}

/** All facts about a run, for the tooltip. Names are untrusted: show them as text, not as Markdown. */
export function runTooltip(run: KeptRun): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(runName(run)).appendMarkdown('**  \n');
  const lines = [
    run.file,
    `${run.engine} · ${run.clock === 'virtual' ? t('virtual clock') : t('real clock')}`,
    run.reason,
    ...(run.whatIf ?? []).map((change) => t('What if {0}?', changeText(change, t))),
    `${verdictWord(run.verdict)} · ${formatDuration(run.duration)} · ${run.tasks === 1 ? t('1 task') : t('{0} tasks', run.tasks)}`,
    `${new Date(run.when).toLocaleString(env.language)} · ${sizeText(run.bytes)}`,
  ];
  for (const line of lines.filter((each) => each !== '')) text.appendText(line).appendMarkdown('  \n');
  return text;
}

export function runLabel(run: KeptRun): string {
  return [runName(run), verdictWord(run.verdict), runDescription(run)].join(', ');
}

function minor(python: string): string {
  return python.split('.').slice(0, 2).join('.');
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
