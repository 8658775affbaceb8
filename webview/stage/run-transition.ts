import type { SameTasks } from '../../src/core/compare/same-tasks';
import type { Lanes } from '../../src/core/lanes/lanes';
import type { Boxes } from '../../src/core/layout/boxes';
import { type BoxPlaces, boxPlaces, moveBoxes } from '../../src/core/layout/run-transition';
import type { Scene } from '../../src/core/layout/scene';
import type { Row } from '../../src/core/rows/row';

/** Milliseconds: bars move while the next key is being looked for. */
const DURATION = 190;
/** So much of it the first frame is ahead: it is to show something new, and not the places of before once more. */
const AHEAD = 30;

/** The way of the boxes from a run to the next one of the same program. Nothing moves for those who asked for less motion. */
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

  /** What bends the rows of this frame; undefined: they stand where they belong. */
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
    // Quick at first: most of the way is done in the first few frames.
    const way = 1 - (1 - share) ** 3;
    return (row, first, boxes) => moveBoxes(places, way, lanes, row, first, boxes);
  }
}
