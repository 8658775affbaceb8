import type { Store } from '../state/store';

/** Narrower than this, source beside the picture cannot be read. */
const wide = matchMedia('(min-width: 900px)');
/** No room for panes beside each other: in the whole page, and in what is left of it beside source (`style.css`). */
const narrow = { whole: matchMedia('(max-width: 640px)'), shared: matchMedia('(max-width: 1100px)') };

/** Keeps in the store which layout fits the width of the page. */
export class PageWidth {
  /** An exported page has source files with it. */
  #carriesSource = false;

  constructor(private readonly store: Store) {
    for (const width of [wide, narrow.whole, narrow.shared]) width.addEventListener('change', () => this.#fit());
    this.#fit();
  }

  /** Makes room for source beside the picture. */
  sourceArrived(): void {
    this.#carriesSource = true;
    this.#fit();
  }

  #fit(): void {
    const source = this.#carriesSource ? (wide.matches ? 'beside' : 'tab') : 'none';
    this.store.set({ source, narrow: (source === 'beside' ? narrow.shared : narrow.whole).matches });
  }
}
