import type { Measured } from '../../src/core/stats/measure';
import { formatDuration } from '../../src/core/units';
import { placeOf, type SourceLink } from '../../src/core/words/places';
import { h, icon } from '../page/dom';
import { columnsIn, type NumberColumn } from '../state/number-order';
import type { Selection, State } from '../state/store';

/** @param sort is told the column whose heading was pressed */
export function headOf({ words: t, numbers }: State, sort: (by: NumberColumn) => void): HTMLElement {
  const cells = columnsIn(numbers.table).map((column) => {
    const sorted = numbers.by === column;
    const direction = !sorted ? undefined : numbers.falling ? 'descending' : 'ascending';
    return h(
      'th',
      { scope: 'col', class: `of-${column}`, 'aria-sort': direction },
      h(
        'button',
        { 'data-tool': `sort-${column}`, title: meaning(column, numbers.table, t), click: () => sort(column) },
        columnName(column, t),
        sorted && icon(numbers.falling ? 'arrow-down' : 'arrow-up'),
      ),
    );
  });
  return h('tr', {}, ...cells);
}

export function rowOf(
  { numbers: row }: Measured,
  index: number,
  { numbers: { table }, lanes, root }: State,
): HTMLElement {
  const { file, line } = row;
  const place = file !== null && line !== null && lanes ? placeOf(lanes.timeline, file, line, root).text : '';
  const cells = columnsIn(table).map((column) => {
    if (column === 'name')
      return h(
        'th',
        { scope: 'row', class: 'of-name', title: place === '' ? row.name : `${row.name}  ${place}` },
        h('span', { class: 'what' }, row.name),
        h('span', { class: 'where' }, place),
      );
    const value = row[column];
    const text =
      column === 'count' ? String(value) : column === 'share' ? percent(row.share) : formatDuration(value ?? 0);
    return h('td', { class: `of-${column}` }, text);
  });
  return h('tr', { role: 'row', 'data-index': index, 'aria-selected': 'false', tabindex: -1 }, ...cells);
}

/** The longest wait of a row, or its task. */
export function selectionOf({ task, longest }: Measured): Selection | undefined {
  if (task !== undefined) return { kind: 'task', task };
  return longest === undefined ? undefined : { kind: 'segment', segment: longest };
}

export function linkOf({ numbers: { file, line, column } }: Measured): SourceLink | undefined {
  return file === null || line === null ? undefined : { kind: 'source', file, line, column: (column ?? 1) - 1 };
}

export function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

function columnName(column: NumberColumn, t: State['words']): string {
  switch (column) {
    case 'name':
      return t('name');
    case 'count':
      return t('count');
    case 'suspended':
      return t('suspended');
    case 'ready':
      return t('ready');
    case 'running':
      return t('running');
    case 'max':
      return t('max');
    case 'share':
      return t('share');
    case 'p50':
    case 'p95':
      return column;
  }
}

/** What the numbers of a column are, where its name does not say it. */
function meaning(column: NumberColumn, table: State['numbers']['table'], t: State['words']): string {
  const runs = table === 'coroutine' || table === 'request';
  if (table === 'request' && column === 'count') return t('Number of requests');
  switch (column) {
    case 'name':
      return t('Sort by name');
    case 'count':
      return table === 'site' ? t('Number of waits') : runs ? t('Number of runs') : t('Number of steps');
    case 'suspended':
      return t('Total time suspended');
    case 'ready':
      return t('Total time ready, waiting for its turn');
    case 'running':
      return t('Total time running');
    case 'p50':
      return runs ? t('Half of the runs took at most this long') : t('Half of the waits took at most this long');
    case 'p95':
      return runs ? t('95% of the runs took at most this long') : t('95% of the waits took at most this long');
    case 'max':
      return runs ? t('The longest run') : t('The longest wait');
    case 'share':
      return table === 'site' ? t('Share of all time suspended') : t('Share of the duration');
  }
}
