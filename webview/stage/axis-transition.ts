import { Passage, type Projection } from '../../src/core/axis/projection';

/** Milliseconds: long enough to see where a bar goes, short enough not to wait for it. */
const DURATION = 200;

/** The way of the boxes from one axis to another. Nothing travels for those who asked for less motion. */
export class Travel {
  #from: Projection | undefined;
  #began = 0;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(private readonly next: () => void) {}

  begin(from: Projection): void {
    if (this.#calm.matches) return;
    this.#from = from;
    this.#began = performance.now();
  }

  /** Where things stand now, on their way to where they will stand. */
  towards(to: Projection): Projection {
    if (!this.#from) return to;
    const share = (performance.now() - this.#began) / DURATION;
    if (share >= 1) {
      this.#from = undefined;
      return to;
    }
    this.next();
    return new Passage(this.#from, to, eased(share));
  }
}

/** Slow at both ends. */
function eased(share: number): number {
  return share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
}
