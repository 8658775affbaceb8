import type { Job, Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { oneLine } from '../words/labels';
import { taskLabel } from '../words/tasks';
import { Line, line } from './canvas';
import type { Symbols } from './symbols';
import { columnsOf, cut } from './width';

/** Work beside the event loop: a line for each job. */

const MOST_JOBS = 20;

export function jobList(timeline: Timeline, symbols: Symbols, width: number, t: Translate): Line[] {
  const { jobs } = timeline;
  if (jobs.length === 0) return [];
  const names = new Map(timeline.tasks.map((task) => [task.id, taskLabel(task)]));
  const shown = jobs.slice(0, MOST_JOBS);
  const lines = [new Line(), line(t('Beside the event loop'), 'strong')];
  const times = Math.max(...shown.map((job) => columnsOf(formatDuration(job.submitted))));
  const who = Math.min(24, Math.max(...shown.map((job) => columnsOf(names.get(job.task) ?? ''))));
  for (const job of shown) {
    const made = new Line();
    const moment = formatDuration(job.submitted);
    made.put(1 + times - columnsOf(moment), moment, 'faint');
    made.put(times + 3, cut(names.get(job.task) ?? '', who, symbols.ellipsis), 'faint');
    const at = made.put(times + who + 4, `${symbols.bar} `, 'faint');
    const facts = [`${kindText(job, t)} ${oneLine(job.label)}`, ...factsOf(job, t)].join(symbols.separator);
    const { outcome } = job;
    const failed = outcome.kind === 'exception' || (outcome.kind === 'exit' && outcome.code !== 0);
    made.put(at, cut(facts, width - at, symbols.ellipsis), failed ? 'bad' : 'plain');
    lines.push(made);
  }
  if (jobs.length > shown.length) lines.push(line(t('… {0} more jobs', jobs.length - shown.length), 'faint'));
  return lines;
}

function kindText({ kind }: Job, t: Translate): string {
  if (kind === 'process') return t('process');
  if (kind === 'interpreter') return t('interpreter');
  if (kind === 'subprocess') return t('subprocess');
  return kind === 'executor' ? t('executor') : t('thread');
}

function factsOf({ submitted, started, ended, outcome }: Job, t: Translate): string[] {
  const facts: string[] = [];
  if (started !== undefined && started - submitted >= 0.001)
    facts.push(t('waited {0} for a worker', formatDuration(started - submitted)));
  if (ended !== undefined) facts.push(formatDuration(ended - (started ?? submitted)));
  if (outcome.kind === 'exception') facts.push(oneLine(outcome.text));
  else if (outcome.kind === 'cancelled') facts.push(t('cancelled'));
  else if (outcome.kind === 'exit') facts.push(t('exit code {0}', outcome.code));
  else if (outcome.kind === 'pending') facts.push(t('has not ended'));
  return facts;
}
