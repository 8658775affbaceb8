import { type StatTable, statTables } from '../../src/core/stats/stat-row';
import { totalsIn } from '../../src/core/stats/within';
import { formatDuration } from '../../src/core/units';
import type { NumberActions } from '../interact/number-actions';
import { h, icon } from '../page/dom';
import { firstOrder } from '../state/number-order';
import type { State } from '../state/store';
import { percent } from './rows';

/** How long it is said that something was copied (ms). */
const COPIED = 2000;

/** Above the table: which one, of which part of the run, and what all tasks did in it. */
export function aboutBar(state: State, actions: NumberActions, copy: () => Promise<boolean>): HTMLElement[] {
  return [chooser(state, actions), follower(state, actions), copyButton(state, copy), totals(state, actions)];
}

function chooser({ words: t, numbers, lanes }: State, actions: NumberActions): HTMLElement {
  const names: Readonly<Record<StatTable, string>> = {
    request: t('Requests and spans'),
    site: t('Await sites'),
    coroutine: t('Coroutines'),
    task: t('Tasks'),
  };
  // Most programs answer no requests.
  const isThere = (table: StatTable) =>
    table !== 'request' || table === numbers.table || lanes!.timeline.spans.length > 0;
  const change = (event: Event) => {
    const table = (event.target as HTMLSelectElement).value as StatTable;
    // Another table may not have the column by which this one is sorted.
    actions.order({ ...(numbers.by === 'running' ? firstOrder : numbers), table });
  };
  return h(
    'select',
    { class: 'field', 'data-tool': 'table', 'aria-label': t('Numbers of'), change },
    ...statTables
      .filter(isThere)
      .map((table) => h('option', { value: table, selected: table === numbers.table }, names[table])),
  );
}

function follower({ words: t, rangeFollows }: State, actions: NumberActions): HTMLElement {
  const change = (event: Event) => actions.follow((event.target as HTMLInputElement).checked);
  const box = h('input', { type: 'checkbox', checked: rangeFollows, 'data-tool': 'in-view', change });
  return h('label', {}, box, t('Only what is in view'));
}

function copyButton({ words: t }: State, copy: () => Promise<boolean>): HTMLElement {
  const title = t('Copy the table as CSV');
  const click = async () => {
    const done = await copy();
    said.textContent = done ? t('Copied.') : t('The clipboard cannot be used here.');
    setTimeout(() => said.replaceChildren(), COPIED);
  };
  const said = h('span', { class: 'quiet', role: 'status' });
  const button = h('button', { class: 'tool', 'data-tool': 'copy', title, 'aria-label': title, click }, icon('copy'));
  return h('span', { class: 'copy' }, said, button);
}

function totals({ words: t, lanes, range, rangeFollows }: State, actions: NumberActions): HTMLElement {
  const sums = totalsIn(lanes!.timeline, range);
  const all = sums.running + sums.ready + sums.suspended;
  const part = (name: string, time: number) =>
    `${name} ${formatDuration(time)}${all > 0 ? ` (${percent(time / all)})` : ''}`;
  const facts = [
    sums.tasks === 1 ? t('1 task') : t('{0} tasks', sums.tasks),
    sums.steps === 1 ? t('1 step') : t('{0} steps', sums.steps),
    part(t('running'), sums.running),
    part(t('ready'), sums.ready),
    part(t('suspended'), sums.suspended),
  ];
  const where = range
    ? t('{0} to {1} ({2})', formatDuration(range.start), formatDuration(range.end), formatDuration(sums.length))
    : t('Whole run: {0}', formatDuration(sums.length));
  const back = h(
    'button',
    { class: 'link', 'data-tool': 'whole', click: () => actions.whole() },
    t('Show the whole run'),
  );
  const hint = h('span', { class: 'quiet hint' }, t('Shift and drag in the picture for the numbers of a range.'));
  return h(
    'p',
    { class: 'totals' },
    h('strong', {}, where),
    h('span', {}, facts.join(' · ')),
    range && !rangeFollows ? back : hint,
  );
}
