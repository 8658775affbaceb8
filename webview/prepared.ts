import { type PlanNote, planNoteText } from '../src/core/plan-notes';
import type { Translate } from '../src/core/words';
import { h, icon } from './dom';

/** What was done to a snippet so that it could be run: quietly, the most important in one line, the rest when it is asked for. */
export function prepared(notes: readonly PlanNote[], t: Translate): HTMLElement | undefined {
  const [first, ...rest] = notes.map((note) => sentence(planNoteText(note, t)));
  if (!first) return undefined;
  const text =
    rest.length === 0
      ? h('div', { class: 'grow' }, first)
      : h(
          'details',
          { class: 'grow' },
          h('summary', {}, first, ' ', h('span', { class: 'more' }, t('and {0} more', rest.length))),
          h('ul', {}, ...rest.map((each) => h('li', {}, each))),
        );
  return h(
    'div',
    { class: 'notice prepared', role: 'note', 'aria-label': t('How the code was prepared') },
    icon('wand'),
    text,
  );
}

/** What stands between backticks is code. */
function sentence(text: string): HTMLElement {
  const parts = text.split('`');
  return h('span', {}, ...parts.map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part)));
}
