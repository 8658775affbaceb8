import type { Row } from '../../src/core/rows/row';
import type { CssPixels } from '../../src/core/units';
import { h } from '../page/dom';
import type { Parts } from '../page/shell';
import { isLive, type State, type Store, type View } from '../state/store';

/** Rows to measure: more would take too much of the first frame of a long run. */
const MOST_MEASURED = 200;
const BY_KEY: CssPixels = 16;
/** Smaller growth is ignored: it would only make the picture restless. */
const LEAST_GROWTH: CssPixels = 8;

/** As in the style sheet: the first in pixels, the others parts of the picture's width. */
const LEAST_CHOSEN: CssPixels = 96;
const MOST_FITTED = 0.45;
const MOST_CHOSEN = 0.75;

/** Width of the column of names: it fits the names until the user drags its edge or moves it with the arrow keys. */
export class NameColumn implements View {
  readonly #sash = h('div', {
    class: 'names-sash',
    role: 'separator',
    tabindex: 0,
    'aria-orientation': 'vertical',
    'aria-valuemin': 0,
    'aria-valuemax': 100 * MOST_CHOSEN,
  });
  /** Width that fits the names of this run. */
  #natural: CssPixels = 0;
  #run = -1;
  #lanes: State['lanes'];
  #rows: readonly Row[] = [];

  /** @param elements of rows, in the order of the column */
  constructor(
    private readonly parts: Parts,
    private readonly store: Store,
    private readonly elements: (rows: readonly Row[], state: State) => HTMLElement[],
    private readonly resized: () => void,
  ) {
    parts.board.append(this.#sash);
    this.#sash.addEventListener('pointerdown', (event) => this.#drag(event));
    this.#sash.addEventListener('dblclick', () => this.#fit());
    this.#sash.addEventListener('keydown', (event) => this.#key(event));
  }

  update({ words, namesWidth }: State, previous: State): void {
    if (words !== previous.words || this.#sash.title === '') {
      this.#sash.setAttribute('aria-label', words('Width of the names column'));
      this.#sash.title = words('Drag to resize; double-click to fit the names');
    }
    if (namesWidth !== previous.namesWidth) this.#set(namesWidth);
  }

  /** Call when the rows are known. In a live run the column only grows, and not with every row. */
  arranged(rows: readonly Row[], state: State): void {
    const same = state.run === this.#run;
    // Rows that are unfolded later do not change the column: the picture would move under the pointer.
    if (same && state.lanes === this.#lanes && (!isLive(state) || rows.length < 1.5 * this.#rows.length)) return;
    this.#lanes = state.lanes;
    this.#rows = rows;
    if (state.namesWidth !== undefined) return;
    const natural = this.#measure(state);
    if (same && natural < this.#natural + LEAST_GROWTH) return;
    this.#run = state.run;
    this.#natural = natural;
    this.#set(undefined);
  }

  #measure(state: State): CssPixels {
    const measured = h('div', { class: 'names measured', 'aria-hidden': 'true' });
    measured.append(...this.elements(this.#rows.slice(0, MOST_MEASURED), state));
    this.parts.space.append(measured);
    const width = measured.offsetWidth;
    measured.remove();
    return width;
  }

  /** @param chosen undefined: as wide as the names */
  #set(chosen: CssPixels | undefined): void {
    const { board } = this.parts;
    const width = chosen ?? this.#natural;
    board.classList.toggle('chosen-names', chosen !== undefined);
    if (width > 0) board.style.setProperty('--names-width', `${width}px`);
    this.resized();
    const { offsetWidth } = this.parts.names;
    this.#sash.setAttribute('aria-valuenow', String(Math.round((100 * offsetWidth) / Math.max(1, board.offsetWidth))));
    this.#sash.setAttribute('aria-valuetext', `${offsetWidth} px`);
  }

  #choose(width: CssPixels): void {
    const most = MOST_CHOSEN * this.parts.board.offsetWidth;
    this.store.set({ namesWidth: Math.round(Math.max(LEAST_CHOSEN, Math.min(width, most))) });
  }

  /** As wide as the names of now, and later as those of each run, unless these take more than a run has by itself. */
  #fit(): void {
    this.#natural = this.#measure(this.store.state);
    if (this.#natural > MOST_FITTED * this.parts.board.offsetWidth) this.#choose(this.#natural);
    else this.store.set({ namesWidth: undefined });
    this.#set(this.store.state.namesWidth);
  }

  #drag(event: PointerEvent): void {
    const sash = this.#sash;
    const start = this.parts.names.offsetWidth - event.clientX;
    sash.setPointerCapture(event.pointerId);
    const move = ({ clientX }: PointerEvent) => this.#choose(start + clientX);
    sash.addEventListener('pointermove', move);
    sash.addEventListener('lostpointercapture', () => sash.removeEventListener('pointermove', move), { once: true });
  }

  #key(event: KeyboardEvent): void {
    const width = this.parts.names.offsetWidth;
    if (event.key === 'ArrowLeft') this.#choose(width - BY_KEY);
    else if (event.key === 'ArrowRight') this.#choose(width + BY_KEY);
    else if (event.key === 'Home') this.#choose(0);
    else if (event.key === 'End') this.#choose(Number.POSITIVE_INFINITY);
    else if (event.key === 'Enter') this.#fit();
    else return;
    event.preventDefault();
  }
}
