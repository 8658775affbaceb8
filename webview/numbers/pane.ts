import { type Measured, measured } from '../../src/core/stats/measure';
import type { WorkSlices } from '../frames/frame-budget';
import type { Actions, Opening } from '../interact/actions';
import type { NumberActions } from '../interact/number-actions';
import { h } from '../page/dom';
import { Roving } from '../panes/roving-focus';
import { inOrder, sortedBy } from '../state/number-order';
import { isLive, type State, type View } from '../state/store';
import { aboutBar } from './bar';
import { headOf, linkOf, rowOf, selectionOf } from './rows';
import { waitsRow } from './waits';

/** Rows in the page at first, and for each press of the button. */
const MORE = 200;

/** Numbers of the run, or of a range of it: a table that can be sorted; a row shows how its waits were distributed. */
export class NumbersPane implements View {
  readonly element = h('section', { class: 'pane numbers-pane' });
  readonly #bar = h('div', { class: 'numbers-bar' });
  readonly #body = h('tbody');
  readonly #head = h('thead');
  readonly #table = h('table', { class: 'numbers', role: 'grid' }, this.#head, this.#body);
  readonly #scroller = h('div', { class: 'body' });
  readonly #roving: Roving;
  #rows: readonly Measured[] = [];
  #shown = MORE;
  /** Index of the row whose waits are shown. */
  #open: number | undefined;

  constructor(
    private readonly actions: Actions,
    private readonly numbers: NumberActions,
    private readonly state: () => State,
  ) {
    this.#roving = new Roving(
      this.#body,
      { reach: (row) => this.#reach(row), open: (row, how) => this.#reach(row, how) },
      'row',
    );
    this.element.append(this.#bar, this.#scroller);
  }

  update(state: State, previous: State): void {
    for (const _ of this.updating(state, previous));
  }

  *updating(state: State, previous: State): WorkSlices {
    // Numbers of a range that is still dragged would be out of date at once.
    if (state.pane !== 'numbers' || state.ranging) return;
    const { lanes, words: t, range, numbers } = state;
    const same =
      previous.pane === 'numbers' &&
      !previous.ranging &&
      lanes === previous.lanes &&
      range === previous.range &&
      state.rangeFollows === previous.rangeFollows &&
      numbers === previous.numbers &&
      isLive(state) === isLive(previous) &&
      t === previous.words;
    if (same && this.#scroller.childElementCount > 0) return;
    yield 'numbers';
    if (!lanes || isLive(state)) {
      this.#bar.replaceChildren();
      const wait = t('Numbers appear when the program has ended.');
      this.#scroller.replaceChildren(h('p', { class: 'quiet' }, wait));
      return;
    }
    const focused = (document.activeElement as HTMLElement | null)?.dataset.tool;
    this.#rows = inOrder(measured(lanes.timeline, numbers.table, range), numbers);
    yield 'numbers shown';
    this.#open = undefined;
    this.#shown = MORE;
    this.#bar.replaceChildren(...aboutBar(state, this.numbers, () => this.numbers.copy(this.#rows)));
    const sort = (by: State['numbers']['by']) => this.numbers.order(sortedBy(numbers, by));
    this.#head.replaceChildren(headOf(state, sort));
    this.#table.setAttribute('aria-label', t('Numbers'));
    this.#fill(state);
    if (focused) this.element.querySelector<HTMLElement>(`[data-tool="${focused}"]`)?.focus();
  }

  #fill(state: State): void {
    const { words: t } = state;
    const shown = this.#rows.slice(0, this.#shown);
    this.#body.replaceChildren(...shown.map((row, index) => rowOf(row, index, state)));
    const left = this.#rows.length - shown.length;
    const more = h('button', { class: 'secondary', click: () => this.#more() }, t('and {0} more', left));
    const none = state.range ? t('There is nothing in this range.') : t('No task of the program waited or ran.');
    this.#scroller.replaceChildren(
      this.#rows.length > 0 ? this.#table : h('p', { class: 'quiet' }, none),
      ...(left > 0 ? [more] : []),
    );
    this.#roving.current(undefined);
  }

  #more(): void {
    const from = this.#shown;
    this.#shown += MORE;
    this.#fill(this.state());
    const first = this.#roving.lines[from];
    this.#roving.current(first);
    first?.focus();
  }

  /** Shows the waits of a row, and its longest one in the picture. */
  #reach(element: HTMLElement, how?: Opening): void {
    const state = this.state();
    const index = Number(element.dataset.index);
    const row = this.#rows[index];
    if (!row || !state.lanes) return;
    if (this.#open !== index) {
      this.#open = index;
      this.#body.querySelector('.waits')?.remove();
      for (const line of this.#roving.lines) line.setAttribute('aria-selected', String(line === element));
      element.after(waitsRow(row, state));
    }
    const selection = selectionOf(row);
    if (selection) this.actions.select(selection, { reveal: true, keepPane: true });
    const link = how && linkOf(row);
    if (link) this.actions.follow(link, how);
  }
}
