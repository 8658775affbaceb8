import { type Filter, isFiltering } from '../../src/core/rows/filter';
import { State as TaskState } from '../../src/core/timeline/model';
import { formatDuration } from '../../src/core/units';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import { filteredTasksOf } from '../state/derived';
import { type State, taskOf, type View } from '../state/store';

/** Durations that can be chosen, in seconds. */
const LEASTS = [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10] as const;
const ORDER = [TaskState.running, TaskState.ready, TaskState.suspended] as const;

/** The filter: a form, and a chip that says that something is hidden. */
export class Filters implements View {
  readonly #form = h('div', { class: 'filters', role: 'group', hidden: true });
  readonly #chip = h('div', { class: 'chip', role: 'status', hidden: true });

  constructor(
    parts: Parts,
    private readonly actions: Actions,
  ) {
    parts.board.before(this.#form, this.#chip);
    this.#form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      actions.toggleFilters(false);
      parts.toolbar.querySelector<HTMLElement>('[data-tool=filter]')?.focus();
      event.stopPropagation();
    });
  }

  update(state: State, previous: State): void {
    const { filter, filtering, lanes, words, selection } = state;
    const same =
      filter === previous.filter &&
      filtering === previous.filtering &&
      lanes === previous.lanes &&
      words === previous.words &&
      selection === previous.selection;
    if (same && this.#form.childElementCount > 0) return;
    this.#form.hidden = !filtering || !lanes;
    this.#chip.hidden = !lanes || !isFiltering(filter);
    if (!this.#form.hidden) this.#build(state, filtering && !previous.filtering);
    if (!this.#chip.hidden) this.#say(state);
  }

  #build(state: State, opened: boolean): void {
    const { words: t, filter, lanes, selection } = state;
    const focused = (document.activeElement as HTMLElement | null)?.dataset.tool;
    const set = (patch: Partial<Filter>) => this.actions.filter({ ...filter, ...patch });
    const names = {
      [TaskState.running]: t('running'),
      [TaskState.ready]: t('ready'),
      [TaskState.suspended]: t('suspended'),
    };
    const states = ORDER.map((which) => {
      const change = (event: Event) => {
        const chosen = [...filter.states] as [boolean, boolean, boolean];
        chosen[which] = (event.target as HTMLInputElement).checked;
        set({ states: chosen });
      };
      const box = h('input', {
        type: 'checkbox',
        checked: filter.states[which],
        'data-tool': `state-${which}`,
        change,
      });
      return h('label', {}, box, names[which]);
    });
    const least = h(
      'select',
      {
        class: 'field',
        'data-tool': 'least',
        change: (event: Event) => set({ least: Number((event.target as HTMLSelectElement).value) }),
      },
      ...LEASTS.map((value) =>
        h(
          'option',
          { value, selected: value === filter.least },
          value === 0 ? t('any length') : t('at least {0}', formatDuration(value)),
        ),
      ),
    );
    const text = h('input', {
      type: 'text',
      class: 'field',
      'data-tool': 'filter-text',
      value: filter.text,
      placeholder: t('name, coroutine or file'),
      'aria-label': t('Tasks'),
      spellcheck: 'false',
      input: (event: Event) => set({ text: (event.target as HTMLInputElement).value }),
    });
    const task = lanes && taskOf(lanes, selection);
    const only =
      task !== undefined &&
      h(
        'button',
        { class: 'secondary', 'data-tool': 'only', click: () => set({ only: task }) },
        t('Only {0} and those below', lanes!.timeline.tasks[task].name.slice(0, 40)),
      );
    this.#form.setAttribute('aria-label', t('Filter'));
    // Do not replace the field while the user types into it.
    const before = this.#form.querySelector<HTMLInputElement>('[data-tool=filter-text]');
    const kept = focused === 'filter-text' && before ? before : text;
    this.#form.replaceChildren(
      h('fieldset', {}, h('legend', { class: 'unseen' }, t('States')), ...states),
      h('label', {}, t('Length'), least),
      h('label', {}, t('Tasks'), kept),
      ...(only ? [only] : []),
    );
    const again = opened ? 'state-1' : focused;
    if (again) this.#form.querySelector<HTMLElement>(`[data-tool="${again}"]`)?.focus();
  }

  #say(state: State): void {
    const { words: t, filter, lanes } = state;
    const names = {
      [TaskState.running]: t('running'),
      [TaskState.ready]: t('ready'),
      [TaskState.suspended]: t('suspended'),
    };
    const parts: string[] = [];
    if (!filter.states.every(Boolean))
      parts.push(
        ORDER.filter((which) => filter.states[which])
          .map((which) => names[which])
          .join(', ') || t('no state'),
      );
    if (filter.least > 0) parts.push(t('at least {0}', formatDuration(filter.least)));
    if (filter.text.trim() !== '') parts.push(`“${filter.text.trim()}”`);
    if (filter.only !== undefined) parts.push(t('only {0} and those below', lanes!.timeline.tasks[filter.only].name));
    const own = lanes!.timeline.tasks.length - lanes!.library.size;
    const clear = t('Clear the filter');
    this.#chip.replaceChildren(
      icon('filter-filled'),
      h(
        'span',
        { class: 'grow' },
        t('{0} of {1} tasks', filteredTasksOf(state)?.count ?? 0, own),
        ' · ',
        parts.join(' · '),
      ),
      h('button', { class: 'secondary', 'data-tool': 'clear-filter', click: () => this.actions.clearFilter() }, clear),
    );
  }
}
