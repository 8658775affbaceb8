import type { CssPixels } from '../../src/core/units';
import type { NumberActions } from '../interact/number-actions';
import { stretchBetween } from '../interact/stretch-between';
import type { Parts } from '../page/shell';
import type { Stage } from '../stage/stage';
import type { Store } from '../state/store';

/** A shorter drag is a click. */
const LEAST: CssPixels = 4;

/** Shift and a drag over the picture choose a range, of which the numbers are shown. */
export class DragRange {
  #from: CssPixels | undefined;
  #dragged = false;

  constructor(
    { stage: element }: Pick<Parts, 'stage'>,
    private readonly store: Store,
    private readonly stage: Stage,
    private readonly actions: NumberActions,
  ) {
    // Before zoom and selection take the event.
    element.addEventListener('pointerdown', (event) => this.#down(event, element), { capture: true });
    element.addEventListener('mousedown', (event) => this.#from !== undefined && event.stopImmediatePropagation(), {
      capture: true,
    });
    element.addEventListener('pointermove', (event) => this.#move(event, element), { capture: true });
    element.addEventListener('pointerup', (event) => this.#up(event), { capture: true });
    element.addEventListener('pointercancel', () => this.#cancel(), { capture: true });
    element.addEventListener('click', (event) => this.#click(event), { capture: true });
    window.addEventListener('keydown', (event) => this.#key(event), { capture: true });
  }

  #down(event: PointerEvent, element: HTMLElement): void {
    this.#dragged = false;
    if (!event.shiftKey || event.button !== 0 || !this.store.state.lanes) return;
    event.stopImmediatePropagation();
    element.setPointerCapture(event.pointerId);
    this.#from = xIn(event, element);
  }

  #move(event: PointerEvent, element: HTMLElement): void {
    const { lanes } = this.store.state;
    if (this.#from === undefined || !lanes) return;
    event.stopImmediatePropagation();
    const x = xIn(event, element);
    if (!this.#dragged && Math.abs(x - this.#from) < LEAST) return;
    this.#dragged = true;
    this.actions.drag(stretchBetween(lanes, this.stage.projection, this.#from, x));
  }

  #up(event: PointerEvent): void {
    if (this.#from === undefined) return;
    event.stopImmediatePropagation();
    this.#from = undefined;
    if (this.#dragged) this.actions.dropped();
  }

  #cancel(): void {
    if (this.#from === undefined) return;
    this.#from = undefined;
    if (this.#dragged) this.actions.whole();
  }

  /** The click at the end of a drag selects nothing. */
  #click(event: MouseEvent): void {
    if (!this.#dragged) return;
    this.#dragged = false;
    event.stopImmediatePropagation();
  }

  #key(event: KeyboardEvent): void {
    if (this.#from === undefined || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#cancel();
  }
}

function xIn({ clientX }: PointerEvent, element: HTMLElement): CssPixels {
  return clientX - element.getBoundingClientRect().left;
}
