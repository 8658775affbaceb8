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
 * so that what is seen is what is hit. Coordinates are pixels of the stage; the loop's row stays on top of it.
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
  /** Some marks of lanes beside the tasks may have been left out, being too close to others. */
  readonly thinned: boolean;
  readonly arrow: Arrow | undefined;
  /** All wake-ups in view, where they were asked for. */
  readonly arrows: Arrows;
  readonly limits: readonly LimitLine[];
  /** Stretches that the axis shows narrower than they were. */
  readonly folds: readonly SceneFold[];
  /** Where the record ends, if the axis goes on beyond it. */
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
  /** Number at which a level of it reaches its top. */
  readonly peak: number;
  /** Its levels can't go beyond that. */
  readonly limited: boolean;
  /** It has levels at the foot of other bars. */
  readonly footed: boolean;
}

export interface SceneLabel {
  readonly x: CssPixels;
  /** Middle of the row. */
  readonly y: CssPixels;
  readonly text: string;
  /** Task colour below the text; -1: it stands on the editor's ground or a tint of it. */
  readonly on: number;
  readonly row: number;
  /** Width of the ground to paint under the text, 0 where what is there does not disturb it. */
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
  /** By site id: 1 for places to be lit. */
  readonly lit?: Uint8Array;
  /** Puts the boxes of a row, those from `first` on, elsewhere: while they are on their way. */
  readonly moveBoxes?: (row: Row, first: number, boxes: Boxes) => void;
}

export interface Arrows {
  readonly drawn: readonly Arrow[];
  /** Some that are in view were left out. */
  readonly some: boolean;
}
