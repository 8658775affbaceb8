import type { SceneFold } from '../axis/folds';
import type { Projection } from '../axis/projection';
import type { Ghost } from '../compare/ghost';
import type { Filter } from '../rows/filter';
import type { Row } from '../rows/row';
import type { Found } from '../rows/search';
import type { Translate } from '../translate';
import type { CssPixels } from '../units';
import type { LabelFitter } from '../words/labels';
import type { Boxes } from './boxes';
import type { GhostEnd } from './ghosts';
import type { LimitLine } from './limits';
import type { Mark } from './marks';

/**
 * Timeline + viewport → plain boxes, labels, marks and arrows. Painting and hit-testing both read these,
 * so they always agree. Coordinates are CSS pixels of the stage; the loop's row is pinned to its top.
 */
export interface Scene {
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly projection: Projection;
  /** The rows in view, top to bottom; the pinned one is the first. */
  readonly rows: readonly SceneRow[];
  readonly boxes: Boxes;
  readonly labels: readonly SceneLabel[];
  readonly marks: readonly Mark[];
  /** Some marks of side lanes may have been left out, because they are too close to others. */
  readonly thinned: boolean;
  readonly arrow: Arrow | undefined;
  /** All wake-ups in view, if the user turned them on. */
  readonly arrows: Arrows;
  readonly limits: readonly LimitLine[];
  /** Stretches that the axis shows narrower than they were. */
  readonly folds: readonly SceneFold[];
  /** X position of the end of the record, if the axis extends beyond it. */
  readonly end: CssPixels | undefined;
  /** Bars that belong to the line at the editor's cursor. */
  readonly lit: readonly Bar[];
  /** What was searched for. */
  readonly found: readonly Bar[];
  /** Where tasks of another run ended. */
  readonly ghosts: readonly GhostEnd[];
}

export interface Bar {
  readonly x: CssPixels;
  readonly width: CssPixels;
  readonly row: number;
}

export interface SceneRow {
  readonly row: Row;
  readonly y: CssPixels;
  /** Its boxes are `first` … `end - 1`, from left to right. */
  readonly first: number;
  readonly end: number;
  /** The value that reaches the full height of the row. */
  readonly peak: number;
  /** The values have a limit, which is `peak`. */
  readonly limited: boolean;
  /** It has values at the foot of other bars. */
  readonly footed: boolean;
}

export interface SceneLabel {
  readonly x: CssPixels;
  /** Middle of the row. */
  readonly y: CssPixels;
  readonly text: string;
  /** Task colour under the text; -1: the editor's background or a tint of it. */
  readonly on: number;
  readonly row: number;
  /** Width of the background to paint under the text; 0 if it is readable without one. */
  readonly plate: CssPixels;
  /** How far it begins before the text. */
  readonly plateLeft: CssPixels;
}

/** A wake-up: from the waker's row to the row of the one it wakes. */
export interface Arrow {
  readonly x: CssPixels;
  readonly fromY: CssPixels;
  readonly toY: CssPixels;
  readonly color: number;
}

export interface ViewOptions {
  readonly rows: readonly Row[];
  readonly projection: Projection;
  readonly width: CssPixels;
  readonly height: CssPixels;
  readonly scrollTop: CssPixels;
  readonly labels: LabelFitter;
  readonly words: Translate;
  /** Row of `Segments` whose wake-up is drawn. */
  readonly wake?: number;
  /** All wake-ups are drawn. */
  readonly arrows?: boolean;
  readonly filter?: Filter;
  /** What is searched for. */
  readonly found?: Found;
  /** The run that this one is compared with. */
  readonly ghost?: Ghost;
  /** By site id: 1 for places to highlight. */
  readonly lit?: Uint8Array;
  /** Moves the boxes of a row, from `first` on, during an animation. */
  readonly moveBoxes?: (row: Row, first: number, boxes: Boxes) => void;
}

export interface Arrows {
  readonly drawn: readonly Arrow[];
  /** Some that are in view were left out. */
  readonly some: boolean;
}
