import { changesThatCame } from '../../src/core/what-if/applied';
import { changeText } from '../../src/core/words/changes';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import { canAsk } from '../state/changeable-waits';
import type { State } from '../state/store';

/** Chips for the changed waits, each with a button that undoes the change. */
export function whatIfNotice(state: State, actions: Actions): HTMLElement | undefined {
  const { lanes, words: t } = state;
  const changes = lanes?.timeline.meta.whatIf ?? [];
  if (!lanes || changes.length === 0) return undefined;
  const came = changesThatCame(lanes.timeline);
  const again = canAsk(state);
  const chips = changes.flatMap((change, number) => {
    if (!change) return [];
    const text = changeText(change, t, lanes.timeline);
    const said = came[number] ? text : t('{0}: never waited there', text);
    const back = t('Undo: {0}', text);
    return [
      h(
        'li',
        {
          class: came[number] ? 'chip' : 'chip lost',
          title: came[number] ? undefined : t('The program never waited there.'),
        },
        !came[number] && icon('warning'),
        h('span', {}, said),
        again &&
          h(
            'button',
            {
              class: 'tool',
              title: back,
              'aria-label': back,
              'data-tool': 'what-if-back',
              click: () => actions.takeBack(change),
            },
            icon('close'),
          ),
      ),
    ];
  });
  const reset = () => actions.takeBack();
  return h(
    'div',
    { class: 'notice what-ifs', role: 'status' },
    icon('beaker'),
    h('span', {}, t('What if')),
    h('ul', { class: 'grow' }, ...chips),
    again && h('button', { class: 'secondary', 'data-tool': 'what-if-reset', click: reset }, t('Reset')),
  );
}
