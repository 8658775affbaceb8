import type { SameTasks } from '../../src/core/compare/same-tasks';
import type { Lanes } from '../../src/core/lanes/lanes';
import type { Boxes } from '../../src/core/layout/boxes';
import { type BoxPlaces, boxPlaces, moveBoxes } from '../../src/core/layout/run-transition';
import type { Scene } from '../../src/core/layout/scene';
import type { Row } from '../../src/core/rows/row';

/** Milliseconds: short enough to end before the next keystroke. */
const DURATION = 190;
/** The first frame starts this many milliseconds into the animation, so that it does not repeat the old positions. */
const AHEAD = 30;

/** Animates the boxes from a run to the next run of the same program; skipped if the user prefers reduced motion. */
export class RunTransition {
  #places: BoxPlaces | undefined;
  #began: number | undefined;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(private readonly next: () => void) {}

  begin(scene: Scene, before: Lanes, same: SameTasks): void {
    if (this.#calm.matches) return;
    this.#places = boxPlaces(scene, before, same);
    this.#began = undefined;
  }

  /** The function that moves the boxes of a row in this frame; undefined: the animation is over. */
  mover(lanes: Lanes): ((row: Row, first: number, boxes: Boxes) => void) | undefined {
    const places = this.#places;
    if (!places) return undefined;
    const now = performance.now();
    this.#began ??= now - AHEAD;
    const share = (now - this.#began) / DURATION;
    if (share >= 1) {
      this.#places = undefined;
      return undefined;
    }
    this.next();
    // Ease out: most of the way is done in the first few frames.
    const way = 1 - (1 - share) ** 3;
    return (row, first, boxes) => moveBoxes(places, way, lanes, row, first, boxes);
  }
}
