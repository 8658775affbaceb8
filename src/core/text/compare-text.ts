import { type Comparison, type Measures, measureNames, type Row } from '../compare/compare';
import { change, differs, from, measureWord } from '../compare/difference';
import { userSite } from '../places/chain';
import { State, type Task, type Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration, type Seconds } from '../units';
import { oneLine } from '../words/labels';
import { outcomeWords, taskLabel, taskTitle } from '../words/tasks';
import { waitText } from '../words/waits';
import { columnsOf } from './width';

/** What a run is called in the text. */
export interface RunNames {
  readonly before: string;
  readonly after: string;
}

/** An order of more tasks than this is not listed. */
const MOST_IN_ORDER = 12;

/**
 * One side of a comparison as text, to be shown beside the other: first what changed, the same on both sides, then every task
 * with its own figures. A task is at the same place on both sides, so that a diff editor shows the differences.
 */
export function comparisonText(
  comparison: Comparison,
  side: 'before' | 'after',
  names: RunNames,
  t: Translate,
): string {
  const lines = [...summary(comparison, names, t), '', t('Task by task'), ''];
  const timeline = comparison[side];
  for (const row of comparison.rows) {
    const task = row[side];
    const measures = row.measures[side];
    if (task && measures) lines.push(...taskLines(timeline, task, measures, row.depth, t), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

export function summary(comparison: Comparison, names: RunNames, t: Translate): string[] {
  const { total, rows } = comparison;
  const changed = rows.filter(isChanged);
  const lines = [
    `A  ${names.before}`,
    `B  ${names.after}`,
    '',
    ...table(
      [
        ...measureNames.map((name) => [totalWord(name, t), change(total.before[name], total.after[name])] as const),
        [t('tasks'), from(count(rows, 'before'), count(rows, 'after'))],
      ],
      0,
    ),
    '',
  ];
  if (changed.length === 0) lines.push(t('Every task took the same time for the same things.'));
  else {
    lines.push(t('What changed'), '');
    lines.push(
      ...table(
        changed.map((row) => [rowName(row), rowChange(row, t)]),
        2,
      ),
    );
  }
  return [...lines, ...orderLines(comparison, t)];
}

function count(rows: readonly Row[], side: 'before' | 'after'): string {
  return String(rows.filter((row) => row[side]).length);
}

function isChanged({ before, after, measures }: Row): boolean {
  if (!before || !after) return true;
  if (before.outcome.kind !== after.outcome.kind) return true;
  return measureNames.some((name) => differs(measures.before![name], measures.after![name]));
}

function rowChange({ before, after, measures }: Row, t: Translate): string {
  if (!before) return t('only in B: {0}', formatDuration(measures.after!.took));
  if (!after) return t('only in A: {0}', formatDuration(measures.before!.took));
  const parts = measureNames
    .filter((name) => differs(measures.before![name], measures.after![name]))
    .map((name) => `${measureWord(name, t)} ${change(measures.before![name], measures.after![name])}`);
  const outcomes = [before, after].map((task) => oneLine(outcomeWords(task, t)));
  if (before.outcome.kind !== after.outcome.kind) parts.push(from(outcomes[0], outcomes[1]));
  return parts.join(' · ');
}

function orderLines({ order }: Comparison, t: Translate): string[] {
  return order.flatMap(({ of, before, after }) => {
    const title = of === 'start' ? t('They began in another order') : t('They ended in another order');
    return ['', title, '', `  A  ${inOrder(before, t)}`, `  B  ${inOrder(after, t)}`];
  });
}

function inOrder(tasks: readonly Task[], t: Translate): string {
  const shown = tasks.slice(0, MOST_IN_ORDER).map(taskLabel);
  const more = tasks.length - shown.length;
  return more > 0 ? t('{0} and {1} more', shown.join(', '), more) : shown.join(', ');
}

function taskLines(timeline: Timeline, task: Task, measures: Measures, depth: number, t: Translate): string[] {
  const indent = '  '.repeat(depth);
  const facts = measureNames.map((name) => [measureWord(name, t), formatDuration(measures[name])] as const);
  return [
    `${indent}${taskTitle(task)}`,
    ...table([[t('outcome'), oneLine(outcomeWords(task, t))], ...facts], 2 * depth + 2),
    ...waitLines(timeline, task, t).map((text) => `${indent}    ${text}`),
  ];
}

/** Where it was suspended, place by place: how often, how long. */
function waitLines(timeline: Timeline, { first, count }: Task, t: Translate): string[] {
  const { segments } = timeline;
  const places = new Map<string, { times: number; seconds: Seconds; text: string }>();
  for (let row = first; row < first + count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const site = userSite(timeline, segments.site[row]);
    const key = site ? `${site.code.file}:${site.line}:${site.column}` : '';
    const seconds = segments.end[row] - segments.start[row];
    const known = places.get(key);
    if (known) {
      known.times++;
      known.seconds += seconds;
    } else {
      const place = site ? `${t('line {0}', site.line)}  ` : '';
      places.set(key, { times: 1, seconds, text: `${place}${oneLine(waitText(timeline, row, t))}` });
    }
  }
  return [...places.values()].map(
    ({ times, seconds, text }) => `${text} · ${times === 1 ? '' : `${times}× `}${formatDuration(seconds)}`,
  );
}

function rowName({ before, after, depth }: Row): string {
  return `${'  '.repeat(depth)}${taskTitle((before ?? after)!)}`;
}

function totalWord(name: keyof Measures, t: Translate): string {
  return name === 'took' ? t('the whole run') : t('{0}, all tasks', measureWord(name, t));
}

function table(rows: readonly (readonly [string, string])[], indent: number): string[] {
  const width = Math.max(...rows.map(([name]) => columnsOf(name)));
  return rows.map(([name, text]) =>
    `${' '.repeat(indent)}${name}${' '.repeat(width - columnsOf(name))}  ${text}`.trimEnd(),
  );
}
