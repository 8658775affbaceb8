import { differenceText } from '../../src/core/compare/difference';
import type { GhostCrowdRow, GhostRow, Row } from '../../src/core/rows/row';
import { formatDuration } from '../../src/core/units';
import { oneLine } from '../../src/core/words/labels';
import { shortName } from '../../src/core/words/names';
import { h, icon } from '../page/dom';
import { ghostOf } from '../state/derived';
import type { Selection, State } from '../state/store';
import { rowLabel } from './label';

/** Names of the lanes of the older run: how long the task took there, and the difference. */

type Content = (Node | string)[];

export function nameOfGhost({ before, now }: GhostRow, state: State): Content {
  const { words: t, lanes } = state;
  const ghost = ghostOf(state)!;
  const task = ghost.lanes.timeline.tasks[before];
  const took = formatDuration(task.ended - task.created);
  if (now === undefined) {
    const name = oneLine(task.name).trim() === '' ? t('(no name)') : oneLine(task.name);
    const title = `${name} · ${t('only in the earlier run')}`;
    return [mark(), rowLabel(name, title), h('span', { class: 'difference' }, t('gone'))];
  }
  const difference = differenceText(ghost, lanes!, before, now, t);
  return [
    mark(),
    rowLabel(t('before {0}', took), t('{0} in the earlier run', took)),
    h('span', { class: 'difference' }, difference),
  ];
}

export function nameOfGhosts({ crowd }: GhostCrowdRow, state: State): Content {
  const { words: t, lanes } = state;
  const { group, now } = ghostOf(state)!.crowds[crowd];
  const count = group.members.length;
  if (now < 0) {
    const name = `${shortName(group.coroutine)}() ×${count}`;
    const title = `${name} · ${t('only in the earlier run')}`;
    return [mark(), rowLabel(name, title), h('span', { class: 'difference' }, t('gone'))];
  }
  const more = lanes!.groups[now].members.length - count;
  const difference = more === 0 ? t('same') : `${more > 0 ? '+' : '−'}${Math.abs(more)}`;
  return [
    mark(),
    h('span', { class: 'label count' }, t('before {0}', `×${count}`)),
    h('span', { class: 'difference' }, difference),
  ];
}

function mark(): HTMLElement {
  return icon('history', 'twistie');
}

/** Of a row: whether what it names is gone, or whether the same of the older run stands below it. */
export function ghostClass(row: Row, state: State): string {
  const ghost = ghostOf(state);
  if (!ghost) return '';
  if (row.kind === 'ghost') return row.now === undefined ? ' gone' : '';
  if (row.kind === 'ghosts') return row.joined ? '' : ' gone';
  if (row.kind === 'task') return ghost.before.has(row.task) ? ' joined' : '';
  return row.kind === 'group' && ghost.crowdOf.has(row.group) ? ' joined' : '';
}

export function ghostSelection(row: Row): Selection | undefined {
  if (row.kind === 'ghost') return { kind: 'ghost', before: row.before, now: row.now };
  return row.kind === 'ghosts' ? { kind: 'ghosts', crowd: row.crowd } : undefined;
}
