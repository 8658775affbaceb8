import { State as TaskState } from '../../src/core/timeline/model';
import { tieOf } from '../../src/core/timeline/ties';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import { canAsk } from '../state/changeable-waits';
import type { State } from '../state/store';

/** A button that runs the program again with ties in the other order, and compares with the current run. Undefined if it cannot be run. */
function button(state: State, actions: Actions): HTMLElement | undefined {
  const { lanes, words: t } = state;
  if (!lanes || !canAsk(state) || lanes.timeline.ties.length === 0) return undefined;
  const order = lanes.timeline.meta.ties === 'reversed' ? 'set' : 'reversed';
  return h(
    'button',
    { class: 'secondary', 'data-tool': 'other-order', click: () => actions.runWithTies(order) },
    t('Run with the other order'),
  );
}

/** A note above the story: its order is not certain. */
export function tiesNote(state: State, actions: Actions): HTMLElement | undefined {
  const { lanes, words: t } = state;
  const count = lanes?.timeline.ties.length ?? 0;
  if (count === 0) return undefined;
  const text =
    count === 1
      ? t(
          'At one moment, timers that were set at different moments are due together: in reality either may fire first.',
        )
      : t(
          'At {0} moments, timers that were set at different moments are due together: in reality either may fire first.',
          count,
        );
  const ask = button(state, actions);
  return h('div', { class: 'ties-note' }, icon('arrow-swap'), h('span', { class: 'grow' }, text), ask);
}

/** A note below the facts of a segment that a tie decided. */
export function tieAsk(state: State, segment: number, actions: Actions): HTMLElement | undefined {
  const timeline = state.lanes?.timeline;
  if (!timeline || timeline.segments.state[segment] !== TaskState.ready || !tieOf(timeline, segment)) return undefined;
  return button(state, actions);
}
