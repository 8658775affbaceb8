import { taskDifferences } from '../../src/core/describe/ghost';
import { h } from '../page/dom';
import { ghostOf } from '../state/derived';
import { type State, taskOf } from '../state/store';

/** Of the selected task: what it did in both runs, and how that differs. Nothing where there is no other run. */
export function differences(state: State): HTMLElement[] {
  const { lanes, selection, words: t } = state;
  const ghost = ghostOf(state);
  if (!ghost || !lanes) return [];
  const now = taskOf(lanes, selection);
  const before = selection?.kind === 'ghost' ? selection.before : now === undefined ? undefined : ghost.before.get(now);
  if (before === undefined && now === undefined) return [];
  const heads = ['', t('Earlier run'), t('This run'), t('Difference')];
  const rows = taskDifferences(ghost, lanes, { before, now }, t);
  const same = t('same');
  const table = h(
    'table',
    { class: 'differences' },
    h('thead', {}, h('tr', {}, ...heads.map((text) => (text === '' ? h('td', {}) : h('th', { scope: 'col' }, text))))),
    h(
      'tbody',
      {},
      ...rows.map(({ term, before, now, difference }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, term),
          h('td', {}, before),
          h('td', {}, now),
          h('td', { class: difference === same ? '' : 'other' }, difference),
        ),
      ),
    ),
  );
  return [h('h4', {}, t('Compared with {0}', ghost.label)), table];
}
