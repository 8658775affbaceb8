import { AxisBlend, type Projection } from '../../src/core/axis/projection';

/** Milliseconds: long enough to follow a bar, short enough not to wait for it. */
const DURATION = 200;

/** Animates the boxes from one axis to another; skipped where the user prefers reduced motion. */
export class AxisTransition {
  #from: Projection | undefined;
  #began = 0;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(private readonly next: () => void) {}

  begin(from: Projection): void {
    if (this.#calm.matches) return;
    this.#from = from;
    this.#began = performance.now();
  }

  /** The projection of the current frame, between the old axis and the new one. */
  towards(to: Projection): Projection {
    if (!this.#from) return to;
    const share = (performance.now() - this.#began) / DURATION;
    if (share >= 1) {
      this.#from = undefined;
      return to;
    }
    this.next();
    return new AxisBlend(this.#from, to, eased(share));
  }
}

/** Slow at both ends. */
function eased(share: number): number {
  return share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
}
