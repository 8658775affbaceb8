import type { Lanes } from '../../src/core/lanes/lanes';
import { keyOf, type Row } from '../../src/core/rows/row';
import { firstWhere } from '../../src/core/sorted';
import type { CssPixels } from '../../src/core/units';
import type { Actions } from '../interact/actions';
import { type CommandIn, commandOf } from '../interact/keys';
import { h } from '../page/dom';
import type { Parts } from '../page/shell';
import type { Stage } from '../stage/stage';
import { foundOf } from '../state/derived';
import { isLive, type State, taskOf, type View } from '../state/store';
import { ghostClass, ghostSelection } from './ghost-names';
import { nameOf } from './row-names';

/** The tree of lanes at the left: names, outcomes, twisties. Only what is in view is in the page. */
export class Names implements View {
  /** The row that takes the keyboard: `kind task level`. */
  #current = 'loop';
  #shown = '';

  constructor(
    private readonly parts: Parts,
    private readonly stage: Stage,
    private readonly actions: Actions,
    private readonly state: () => State,
  ) {
    parts.names.addEventListener('keydown', (event) => this.#key(event));
    parts.names.addEventListener('click', (event) => this.#click(event));
    parts.names.addEventListener('dblclick', (event) => {
      const row = this.#rowOf(event.target);
      if (row?.kind === 'task' && row.children > 0) this.actions.toggleBranch(row.task);
      if (row?.kind === 'group') this.actions.toggleGroup(row.group);
    });
    parts.names.addEventListener('focusin', (event) => {
      const row = this.#rowOf(event.target);
      if (row) this.#current = keyOf(row);
    });
  }

  update(state: State): void {
    const { lanes, words } = state;
    if (!lanes) return;
    this.parts.names.setAttribute('aria-label', words('Tasks'));
    const { scrollTop, clientHeight } = this.parts.scroller;
    const margin = 200;
    const rows = rowsBetween(this.stage.rows, scrollTop - margin, scrollTop + clientHeight + margin);
    const selected = selectedKey(state);
    if (!rows.some((row) => keyOf(row) === this.#current)) this.#current = 'loop';
    const shown = JSON.stringify([
      rows.map((row) => [keyOf(row), isLive(state) ? standing(row, lanes) : '']),
      rows[1]?.top,
      selected,
      rows.map((row) => 'task' in row && [state.opened.has(row.task), state.collapsed.has(row.task)]),
      [...state.folded],
      [...state.openGroups],
      state.grouped,
      state.searching?.text,
      state.filter,
      state.library,
      state.locale,
    ]);
    if (shown === this.#shown && this.parts.names.childElementCount > 0) return;
    this.#shown = shown;
    const focused = this.parts.names.contains(document.activeElement);
    this.#fill(rows.map((row) => this.#item(row, state, selected)));
    if (focused) this.#element(this.#current)?.focus({ preventScroll: true });
  }

  /** Reuse elements that look the same: after an edit, most do. */
  #fill(items: readonly HTMLElement[]): void {
    const { names } = this.parts;
    const before = [...names.children];
    if (before.length !== items.length) names.replaceChildren(...items);
    else items.forEach((item, i) => void (item.isEqualNode(before[i]) || before[i].replaceWith(item)));
  }

  /** Rows in the order of the column. */
  elements(rows: readonly Row[], state: State): HTMLElement[] {
    return rows.map((row) => this.#item(row, state, undefined));
  }

  /** A new timeline: rows at the same place are other tasks now. */
  reset(): void {
    this.#shown = '';
  }

  #item(row: Row, state: State, selected: string | undefined): HTMLElement {
    const element = h(
      'div',
      {
        class: `name ${row.kind}${ghostClass(row, state)}${isFound(row, state) ? ' found' : ''}`,
        role: 'treeitem',
        'data-key': keyOf(row),
        'aria-level': 'depth' in row ? row.depth + 1 : row.kind === 'side' ? 2 : 1,
        'aria-setsize': 'siblings' in row ? row.siblings : undefined,
        'aria-posinset': 'position' in row ? row.position : undefined,
        'aria-expanded': expanded(row),
        'aria-selected': String(keyOf(row) === selected),
        tabindex: keyOf(row) === this.#current ? 0 : -1,
      },
      ...nameOf(row, state),
    );
    element.style.setProperty('height', `${row.height}px`);
    if (row.kind !== 'loop') element.style.setProperty('top', `${row.top}px`);
    if ('depth' in row) element.style.setProperty('--depth', String(Math.min(row.depth, 10)));
    return element;
  }

  #rowOf(target: EventTarget | null): Row | undefined {
    const key = target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;
    return this.stage.rows.find((row) => keyOf(row) === key);
  }

  #element(key: string): HTMLElement | undefined {
    return [...this.parts.names.children].find((child) => (child as HTMLElement).dataset.key === key) as HTMLElement;
  }

  #click(event: MouseEvent): void {
    const row = this.#rowOf(event.target);
    const action = (event.target as Element).closest<HTMLElement>('[data-action]')?.dataset.action;
    if (row?.kind === 'section') this.actions.toggleSection(row.section);
    if (row?.kind === 'group') {
      if (action === 'group') this.actions.toggleGroup(row.group);
      else this.actions.select({ kind: 'group', group: row.group });
    }
    if (row?.kind === 'side') this.actions.selectLane(row.lane);
    const ghost = row && ghostSelection(row);
    if (ghost) this.actions.select(ghost);
    if (row?.kind !== 'task' && row?.kind !== 'coroutines') return;
    if (action === 'branch') this.actions.toggleBranch(row.task);
    else if (action === 'coroutines') this.actions.toggleCoroutines(row.task);
    else this.actions.select({ kind: 'task', task: row.task });
  }

  #key(event: KeyboardEvent): void {
    const { rows } = this.stage;
    const at = rows.findIndex((row) => keyOf(row) === this.#current);
    const row = rows[at];
    const command = row && commandOf('tree', event);
    if (!command || !this.#run(command, row, at)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @returns whether it means anything for this row. */
  #run(command: CommandIn<'tree'>, row: Row, at: number): boolean {
    if (command === 'below') this.#go(at + 1);
    else if (command === 'above') this.#go(at - 1);
    else if (command === 'first') this.#go(0);
    else if (command === 'last') this.#go(this.stage.rows.length - 1);
    else if (row.kind === 'group') {
      const { group, opened } = row;
      if (command === 'unfold' && opened) this.#go(at + 1);
      else if (command === 'unfold' || (command === 'fold' && opened)) this.actions.toggleGroup(group);
      else if (command === 'open' || command === 'select') this.actions.select({ kind: 'group', group });
      else return false;
    } else if (row.kind === 'section') {
      const fold = command === 'fold' ? !row.folded : command === 'unfold' && row.folded;
      if (!fold && command !== 'open' && command !== 'select') return false;
      this.actions.toggleSection(row.section);
    } else if (row.kind === 'side' && (command === 'open' || command === 'select'))
      this.actions.selectLane(row.lane, command === 'open' ? 'go' : undefined);
    else if ((row.kind === 'ghost' || row.kind === 'ghosts') && (command === 'open' || command === 'select'))
      this.actions.select(ghostSelection(row));
    else if (row.kind !== 'task') return false;
    else {
      const { task, children, collapsed } = row;
      if (command === 'unfold' && children > 0) collapsed ? this.actions.toggleBranch(task) : this.#go(at + 1);
      else if (command === 'fold' && children > 0 && !collapsed) this.actions.toggleBranch(task);
      else if (command === 'fold') this.#goToParent(task);
      else if (command === 'open') this.actions.select({ kind: 'task', task }, { open: 'go' });
      else if (command === 'select') this.actions.select({ kind: 'task', task });
      else if (command === 'coroutines') this.actions.toggleCoroutines(task);
      else return false;
    }
    return true;
  }

  #goToParent(task: number): void {
    const { lanes } = this.state();
    const parent = lanes?.indexOf.get(lanes.timeline.tasks[task].parent);
    const at = this.stage.rows.findIndex((row) => row.kind === 'task' && row.task === parent);
    if (at >= 0) this.#go(at);
  }

  #go(index: number): void {
    const row = this.stage.rows[Math.max(0, Math.min(index, this.stage.rows.length - 1))];
    if (!row) return;
    this.#current = keyOf(row);
    this.#shown = '';
    scrollIntoView(this.parts, row, this.stage.rows[0].height);
    this.update(this.state());
    this.#element(this.#current)?.focus({ preventScroll: true });
  }
}

/** The pinned row and those that reach into a stretch of the column. */
function rowsBetween(rows: readonly Row[], top: CssPixels, bottom: CssPixels): Row[] {
  if (rows.length === 0) return [];
  const low = firstWhere(1, rows.length, (i) => rows[i].top + rows[i].height > top);
  let end = low;
  while (end < rows.length && rows[end].top < bottom) end++;
  return [rows[0], ...rows.slice(low, end)];
}

/** The text of a row that may change in a live run. */
function standing(row: Row, { timeline }: Lanes): string {
  if (row.kind !== 'task') return '';
  const { name, outcome } = timeline.tasks[row.task];
  return `${outcome.kind} ${name} ${row.children}`;
}

/** Key of the row of what is selected. */
function selectedKey({ lanes, selection }: State): string | undefined {
  if (selection?.kind === 'side') return `side ${selection.lane}`;
  if (selection?.kind === 'group') return `group ${selection.group}`;
  if (selection?.kind === 'ghost') return `ghost ${selection.before}`;
  if (selection?.kind === 'ghosts') return `ghosts ${selection.crowd}`;
  const task = lanes && taskOf(lanes, selection);
  return task === undefined ? undefined : `task ${task}`;
}

function isFound(row: Row, state: State): boolean {
  const found = foundOf(state);
  if (!found) return false;
  const holds = (task: number) => found.tasks[task] === 1 || found.firsts[task + 1] > found.firsts[task];
  if (row.kind === 'task') return holds(row.task);
  if (row.kind === 'group') return state.lanes!.groups[row.group].members.some(holds);
  return row.kind === 'side' && found.sides.has(row.lane);
}

function expanded(row: Row): string | undefined {
  if (row.kind === 'section') return String(!row.folded);
  if (row.kind === 'group') return String(row.opened);
  return row.kind === 'task' && row.children > 0 ? String(!row.collapsed) : undefined;
}

export function scrollIntoView({ scroller }: Parts, row: Row, pinned: number): void {
  if (row.kind === 'loop') return;
  if (row.top < scroller.scrollTop + pinned) scroller.scrollTop = row.top - pinned;
  else if (row.top + row.height > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = row.top + row.height - scroller.clientHeight;
  }
}
