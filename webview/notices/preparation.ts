import type { Lanes } from '../../src/core/lanes/lanes';
import { type PlanNote, planNoteText } from '../../src/core/trace/plan-notes';
import { placeOf } from '../../src/core/words/places';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { State } from '../state/store';

/** What was changed in a snippet to run it: the most important in one line, the rest in a disclosure. */
export function prepared(lanes: Lanes, state: State, actions: Actions): HTMLElement | undefined {
  const { words: t } = state;
  const [first, ...rest] = lanes.timeline.meta.notes;
  if (!first) return undefined;
  const link = (note: PlanNote) => placed(note, lanes, state, actions);
  const summary = sentence(planNoteText(first, t));
  const text =
    rest.length === 0
      ? h('div', { class: 'grow' }, summary)
      : h(
          'details',
          { class: 'grow' },
          h('summary', {}, summary, ' ', h('span', { class: 'more' }, t('and {0} more', rest.length))),
          h('ul', {}, ...rest.map((each) => h('li', {}, sentence(planNoteText(each, t)), ' ', link(each)))),
        );
  return h(
    'div',
    { class: 'notice prepared', role: 'note', 'aria-label': t('Changes to the code before it ran') },
    icon('wand'),
    text,
    // Not in the summary itself, which is a button already.
    link(first),
  );
}

/** The line in the document, as a link. */
function placed(note: PlanNote, { timeline }: Lanes, { root }: State, actions: Actions): HTMLElement | undefined {
  if (!('line' in note)) return undefined;
  const { line } = note;
  const file = timeline.meta.program;
  const { text, opens } = placeOf(timeline, file, line, root);
  const click = () => actions.follow({ kind: 'source', file, line, column: 0 });
  return opens ? h('button', { class: 'link', click }, text) : undefined;
}

/** Turns text between backticks into code. */
function sentence(text: string): HTMLElement {
  const parts = text.split('`');
  return h('span', {}, ...parts.map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part)));
}
