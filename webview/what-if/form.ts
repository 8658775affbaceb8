import { LONGEST_WAIT } from '../../src/core/trace/change';
import { formatDuration } from '../../src/core/units';
import { readDuration } from '../../src/core/what-if/spelling';
import type { ChangeableWait } from '../../src/core/what-if/wait';
import type { Actions } from '../interact/actions';
import { h } from '../page/dom';
import { offered, onRealClock } from '../state/changeable-waits';
import type { State } from '../state/store';

/** A form in the selection pane for another duration of a wait; empty for anything else. */
export function whatIfForm(state: State, segment: number, actions: Actions): HTMLElement | undefined {
  const { words: t } = state;
  if (onRealClock(state, segment)) {
    const run = () => actions.run('virtual');
    return h(
      'section',
      { class: 'what-if' },
      h('h4', {}, t('What if it took a different time?')),
      h('p', {}, t('On the real clock you cannot change how long a wait takes.')),
      h('button', { class: 'secondary', 'data-tool': 'what-if-virtual', click: run }, t('Run on the virtual clock')),
    );
  }
  const wait = offered(state, segment);
  return wait && form(wait, t, actions);
}

/** The form was opened for something that is not a changeable wait. */
export function noWait(t: State['words']): HTMLElement {
  return h(
    'p',
    { class: 'what-if-hint', role: 'status' },
    t('First select a sleep, or a wait that a comment simulates.'),
  );
}

function form(wait: ChangeableWait, t: State['words'], actions: Actions): HTMLElement {
  const complaint = h('p', { class: 'complaint', id: 'what-if-complaint', role: 'alert', hidden: true });
  const time = h('input', {
    type: 'text',
    class: 'field',
    id: 'what-if-time',
    'data-tool': 'what-if-time',
    value: formatDuration(wait.delay),
    size: 10,
    spellcheck: 'false',
    'aria-describedby': 'what-if-complaint',
    input: () => complain(false),
  });
  const everywhere = h('input', { type: 'checkbox', id: 'what-if-everywhere', 'data-tool': 'what-if-everywhere' });
  const complain = (wrong: boolean) => {
    complaint.hidden = !wrong;
    complaint.textContent = wrong ? t('Write a time like {0} or {1}.', '1.5 s', '200 ms') : '';
    if (wrong) time.setAttribute('aria-invalid', 'true');
    else time.removeAttribute('aria-invalid');
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const to = readDuration(time.value);
    if (to === undefined || to > LONGEST_WAIT) {
      complain(true);
      time.focus();
    } else actions.whatIf(wait.change, to, everywhere.checked);
  };
  return h(
    'form',
    { class: 'what-if', submit },
    h('label', { for: 'what-if-time' }, t('What if it took')),
    time,
    h('button', { type: 'submit', class: 'secondary', 'data-tool': 'what-if-run' }, t('Run')),
    h('label', { class: 'each' }, everywhere, t('each time at line {0}', wait.change.line)),
    complaint,
  );
}
