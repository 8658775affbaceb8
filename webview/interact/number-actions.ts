import { statsCsv } from '../../src/core/stats/csv';
import type { Measured } from '../../src/core/stats/measure';
import type { Stretch } from '../../src/core/timeline/moment';
import type { Host } from '../state/host';
import type { NumberOrder } from '../state/number-order';
import type { Store } from '../state/store';
import { rangeOf } from './selection';
import { stretchBetween } from './stretch-between';
import type { Viewport } from './viewport';

/** What a user can do with the numbers and their range. */
export class NumberActions {
  constructor(
    private readonly store: Store,
    private readonly host: Pick<Host, 'copy'>,
    private readonly viewport: () => Viewport,
  ) {}

  /** Shows the numbers of what is selected, or of the whole run. */
  show(): void {
    const { state } = this.store;
    const range = state.selection && rangeOf(state, state.selection);
    this.store.set({ range, rangeFollows: false, ranging: false, pane: 'numbers' });
  }

  /** The range while it is dragged. */
  drag(range: Stretch): void {
    // What the pointer was over before is not what it is about now.
    this.store.set({ range, rangeFollows: false, ranging: true, hover: undefined });
  }

  dropped(): void {
    this.store.set({ ranging: false, pane: 'numbers' });
  }

  /** The whole run again. */
  whole(): void {
    this.store.set({ range: undefined, rangeFollows: false, ranging: false });
  }

  follow(on: boolean): void {
    this.store.set({ rangeFollows: on, range: on ? this.#inView() : undefined });
  }

  /** The picture was zoomed or moved. */
  viewed(): void {
    const { rangeFollows, pane } = this.store.state;
    if (rangeFollows && pane === 'numbers') this.store.set({ range: this.#inView() });
  }

  order(numbers: NumberOrder): void {
    this.store.set({ numbers });
  }

  /** @returns whether the clipboard took it */
  async copy(rows: readonly Measured[]): Promise<boolean> {
    return this.host.copy(statsCsv(rows.map(({ numbers }) => numbers)));
  }

  #inView(): Stretch | undefined {
    const { lanes } = this.store.state;
    const { projection, width, transform } = this.viewport();
    if (!lanes || transform.k <= 1) return undefined;
    return stretchBetween(lanes, projection, 0, width);
  }
}
