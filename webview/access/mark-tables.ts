import { type MarkKindOfTable, markCount, markKinds, markTable } from '../../src/core/describe/mark-tables';
import type { Actions } from '../interact/actions';
import { commandOf } from '../interact/keys';
import { h } from '../page/dom';
import type { Parts } from '../page/shell';
import type { Selection, State, View } from '../state/store';
import { tableOf } from './lane-tables';

/** Rows of a table that are in the page at once. */
const MOST_ROWS = 200;

/**
 * Time limits, errors and log records as tables for screen readers and, since a table becomes visible when it gets
 * the focus, for keyboard users. The time in each row is a link to the mark in the timeline.
 */
export class MarkTables implements View {
  /** First row of each table. */
  readonly #first: Record<MarkKindOfTable, number> = { limit: 0, error: 0, log: 0 };

  constructor(
    private readonly parts: Parts,
    private readonly actions: Actions,
    private readonly state: () => State,
  ) {
    parts.tables.addEventListener('keydown', (event) => this.#key(event));
  }

  update(state: State, previous: State): void {
    const { lanes, words: t, root, selection } = state;
    const other = lanes !== previous.lanes || t !== previous.words || root !== previous.root;
    if (!other && selection === previous.selection) return;
    if (state.run !== previous.run) for (const kind of markKinds) this.#first[kind] = 0;
    if (this.#bringIn(selection) || other) this.#fill(state);
    this.#light(selection);
  }

  /** @returns whether the table needs other rows */
  #bringIn(selection: Selection | undefined): boolean {
    if (!isMark(selection)) return false;
    const { kind, index } = selection;
    const first = this.#first[kind];
    if (index >= first && index < first + MOST_ROWS) return false;
    this.#first[kind] = Math.max(0, index - MOST_ROWS / 2);
    return true;
  }

  #fill(state: State): void {
    const { lanes, words: t } = state;
    const { tables } = this.parts;
    const focused = tables.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.mark
      : undefined;
    tables.setAttribute('aria-label', t('Time limits, errors and log records'));
    const shown = lanes ? markKinds.filter((kind) => markCount(lanes, kind) > 0) : [];
    tables.replaceChildren(...shown.flatMap((kind) => this.#table(kind, state)));
    tables.hidden = shown.length === 0;
    if (focused !== undefined) tables.querySelector<HTMLElement>(`[data-mark="${focused}"]`)?.focus();
  }

  #table(kind: MarkKindOfTable, { lanes, root, words: t }: State): HTMLElement[] {
    const all = markCount(lanes!, kind);
    const from = Math.max(0, Math.min(this.#first[kind], all - MOST_ROWS));
    this.#first[kind] = from;
    const { caption, heads, rows } = markTable(lanes!, kind, from, MOST_ROWS, root, t);
    const linked = rows.map(([moment, ...rest], i) => [this.#link(kind, from + i, moment, t), ...rest]);
    const table = tableOf(caption, heads, linked);
    const [first] = table.querySelectorAll<HTMLElement>('[data-mark]');
    if (first) first.tabIndex = 0;
    const more = (text: string, at: number) =>
      h('button', { class: 'secondary', click: () => this.#turn(kind, at) }, text);
    return [
      ...(from > 0 ? [more(t('Show what came before'), from - MOST_ROWS)] : []),
      table,
      ...(from + MOST_ROWS < all ? [more(t('Show what came after'), from + MOST_ROWS)] : []),
    ];
  }

  #link(kind: MarkKindOfTable, index: number, moment: string, t: State['words']): HTMLElement {
    return h(
      'button',
      {
        class: 'link',
        tabindex: -1,
        'data-mark': `${kind} ${index}`,
        'aria-label': t('Go to {0}', moment),
        click: () => this.actions.select({ kind, index }, { reveal: true }),
      },
      moment,
    );
  }

  /** Shows another part of a table; the focus stays in it. */
  #turn(kind: MarkKindOfTable, first: number): void {
    this.#first[kind] = Math.max(0, first);
    this.#fill(this.state());
    const at = this.#links(kind)[0];
    if (at) this.#reach(kind, at);
  }

  #links(kind: string): HTMLElement[] {
    return [...this.parts.tables.querySelectorAll<HTMLElement>(`[data-mark^="${kind} "]`)];
  }

  /** Gives each table one tab stop. */
  #reach(kind: string, to: HTMLElement): void {
    for (const link of this.#links(kind)) link.tabIndex = link === to ? 0 : -1;
    to.focus();
  }

  #light(selection: Selection | undefined): void {
    const key = isMark(selection) ? `${selection.kind} ${selection.index}` : '';
    for (const link of this.parts.tables.querySelectorAll<HTMLElement>('[data-mark]')) {
      const row = link.closest('tr')!;
      if (link.dataset.mark === key) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    }
  }

  #key(event: KeyboardEvent): void {
    const command = commandOf('table', event);
    if (!command) return;
    const link = event.target as HTMLElement;
    const kind = link.dataset.mark?.split(' ')[0];
    if (command === 'back') this.parts.stage.focus();
    else if (kind === undefined) return;
    else {
      const links = this.#links(kind);
      const at = links.indexOf(link);
      const to = { below: at + 1, above: at - 1, first: 0, last: links.length - 1 }[command];
      this.#reach(kind, links[Math.max(0, Math.min(to, links.length - 1))]);
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

function isMark(selection: Selection | undefined): selection is Extract<Selection, { kind: MarkKindOfTable }> {
  return selection !== undefined && (markKinds as readonly string[]).includes(selection.kind);
}
