import { columnsOf, cut } from '../text/width';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { displayPath } from '../words/places';
import { terminalLine } from '../words/terminal';
import type { StatRow, StatTable } from './stat-row';

/** Rows beyond these are only counted: CSV and JSON have them all. */
const MOST_ROWS = 20;
const MOST_NAME = 50;

/** A table for a terminal, with its heading. */
export function statsTable(table: StatTable, rows: readonly StatRow[], root: string, t: Translate): string {
  const shown = rows.slice(0, MOST_ROWS);
  const time = (seconds: number | null) => (seconds === null ? '' : formatDuration(seconds));
  const cells = shown.map((row) => [
    String(row.count),
    time(row.running),
    time(row.ready),
    time(row.suspended),
    time(row.p50),
    time(row.p95),
    time(row.max),
    `${Math.round(100 * row.share)}%`,
    [cut(terminalLine(row.name), MOST_NAME), placeText(row, root)].filter(Boolean).join('  '),
  ]);
  const heads = [t('count'), t('running'), t('ready'), t('suspended'), 'p50', 'p95', t('max'), t('share'), ''];
  const used = heads.map((_, i) => i === heads.length - 1 || cells.some((row) => row[i] !== ''));
  const widths = heads.map((head, i) => Math.max(...[head, ...cells.map((row) => row[i])].map(columnsOf)));
  const line = (row: readonly string[]) =>
    `  ${row
      .map((cell, i) => (i === heads.length - 1 ? cell : ' '.repeat(widths[i] - columnsOf(cell)) + cell))
      .filter((_, i) => used[i])
      .join('  ')}`.trimEnd();
  const more =
    rows.length > shown.length ? [`  ${t('{0} more; --csv and --json list all', rows.length - shown.length)}`] : [];
  const none = rows.length === 0 ? [`  ${t('none')}`] : [line(heads), ...cells.map(line)];
  return `${[title(table, t), ...none, ...more].join('\n')}\n`;
}

function placeText({ file, line, column }: StatRow, root: string): string {
  if (file === null) return '';
  return terminalLine([displayPath(file, root), line, column].filter((part) => part !== null).join(':'));
}

function title(table: StatTable, t: Translate): string {
  switch (table) {
    case 'request':
      return t('Requests and named spans: p50, p95 and max of how long they took, share of the duration');
    case 'site':
      return t('Await sites: p50, p95 and max of single waits, share of all waiting');
    case 'coroutine':
      return t('Coroutines, with what they await: p50, p95 and max of single runs, share of the duration');
    case 'task':
      return t('Tasks: steps, p50, p95 and max of their waits, share of the duration');
  }
}
