import { wholeText } from '../../src/core/compare/difference';
import { taskCounts } from '../../src/core/describe/ghost';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import { ghostOf } from '../state/derived';
import type { State, View } from '../state/store';

/** Says which run the current one is compared with and how they differ, with a button that stops comparing. */
export class Compared implements View {
  constructor(
    private readonly parts: Parts,
    private readonly actions: Actions,
  ) {}

  update(state: State, previous: State): void {
    const { lanes, older, words: t, axis } = state;
    const { compared } = this.parts;
    const same = lanes === previous.lanes && older === previous.older && t === previous.words && axis === previous.axis;
    if (same && state.status === previous.status) return;
    const ghost = ghostOf(state);
    compared.hidden = !ghost;
    compared.setAttribute('aria-label', t('Comparison'));
    if (!ghost || !lanes) {
      compared.replaceChildren();
      return;
    }
    const title = t('Stop comparing (X)');
    const away = h('button', { class: 'icon', title, 'aria-label': title, click: () => this.actions.takeAway() });
    away.append(icon('close'));
    compared.replaceChildren(
      icon('history'),
      h(
        'span',
        { class: 'grow' },
        h('strong', {}, t('Compared with {0}', ghost.label)),
        ' ',
        t('the whole run: {0}', wholeText(ghost, lanes)),
        h(
          'span',
          { class: 'more' },
          ['', ...countTexts(state), ...(axis === 'steps' ? [t('each run from its own first step')] : [])].join(' · '),
        ),
      ),
      away,
    );
  }
}

function countTexts(state: State): string[] {
  const { words: t, lanes } = state;
  const { both, onlyNow, onlyBefore } = taskCounts(ghostOf(state)!, lanes!);
  return [
    both === 1 ? t('1 task in both') : t('{0} tasks in both', both),
    ...(onlyNow > 0 ? [t('{0} only in this run', onlyNow)] : []),
    ...(onlyBefore > 0 ? [t('{0} only in the earlier run', onlyBefore)] : []),
  ];
}
