import type { AxisKind } from '../../src/core/axis/axis';
import type { SceneFold } from '../../src/core/axis/folds';
import { limitsOf } from '../../src/core/axis/limits';
import type { Lanes } from '../../src/core/lanes/lanes';
import type { SectionKind } from '../../src/core/lanes/side-lane';
import type { Counts } from '../../src/core/layout/groups';
import type { Question } from '../../src/core/predict/questions';
import type { HintName, LiveState, RunStatus } from '../../src/core/protocol/messages';
import { type Filter, NO_FILTER } from '../../src/core/rows/filter';
import type { Stretch } from '../../src/core/timeline/moment';
import type { Shapes } from '../../src/core/timeline/shapes';
import { type Translate, translator } from '../../src/core/translate';
import type { CssPixels } from '../../src/core/units';
import type { WhyAsked } from '../../src/core/why/span-path';
import type { WorkSlices } from '../frames/frame-budget';
import { firstOrder, type NumberOrder } from './number-order';

/** What is selected in the timeline. */
export type Selection =
  | { readonly kind: 'segment'; readonly segment: number }
  | { readonly kind: 'task'; readonly task: number }
  | { readonly kind: 'loop'; readonly entry: number }
  | { readonly kind: 'group'; readonly group: number }
  /** A time limit, or an error: marks on lanes. */
  | { readonly kind: 'limit'; readonly index: number }
  | { readonly kind: 'error'; readonly index: number }
  | { readonly kind: 'output'; readonly index: number }
  | { readonly kind: 'log'; readonly index: number }
  /** In the older run: a task, its segment, and the same task now · a group of alike tasks. */
  | { readonly kind: 'ghost'; readonly before: number; readonly now: number | undefined; readonly segment?: number }
  | { readonly kind: 'ghosts'; readonly crowd: number }
  /** In a side lane: a row of its series (`level`) or of its bars. */
  | { readonly kind: 'side'; readonly lane: number; readonly entry: number; readonly level: boolean };

/** What is under the pointer. `merged`: number of segments in the box. */
export interface Hover {
  readonly target: Selection;
  readonly merged: number;
  /** Several turns of the loop: the share of their time in which it was busy, 0 … 1. */
  readonly busy?: number | undefined;
  /** In a group: how many tasks are in each state there. */
  readonly crowd?: Counts;
  /** The stretch of folded time that it is in. */
  readonly fold: SceneFold | undefined;
  /** In the window. */
  readonly x: CssPixels;
  readonly y: CssPixels;
}

export const paneNames = ['selection', 'story', 'output', 'findings', 'numbers', 'source'] as const;
export type PaneName = (typeof paneNames)[number];

/** The state of predicting: questions about a run. */
export interface Prediction {
  /** The run that it is about. */
  readonly of: Lanes;
  readonly questions: readonly Question[];
  /** Index of the current question; equal to their number when all were asked. */
  readonly at: number;
  /** Index of the answer that was given to it. */
  readonly chosen: number | undefined;
  /** Number of right answers. */
  readonly right: number;
  /** The view to restore afterwards. */
  readonly axis: AxisKind;
}

/** Everything that the views show, except the zoom, which d3-zoom keeps. Little is stored, the rest is derived. */
export interface State {
  readonly status: RunStatus;
  readonly lanes: Lanes | undefined;
  /** What the sources of the run tell, once the host has told it. */
  readonly shapes: Shapes | undefined;
  /** Number of runs so far. A live run and its complete record are the same run. */
  readonly run: number;
  /** Number of times that the lanes of a live run grew. */
  readonly growth: number;
  /** Follow the newest end of a live run. */
  readonly following: boolean;
  /** Why a trace could not be read. */
  readonly unreadable: string | undefined;
  /** A trace is on its way in pieces: bytes that are here, and of all. */
  readonly arriving: { readonly received: number; readonly length: number } | undefined;
  readonly words: Translate;
  readonly locale: string;
  readonly root: string;
  readonly compact: boolean;
  readonly axis: AxisKind;
  /** The axis that the user chose last; undefined: each run is shown on the one that suits it. */
  readonly axisChosen: AxisKind | undefined;
  /** Hints that need not be shown again. */
  readonly dismissed: ReadonlySet<HintName>;
  /** Nothing may run in this workspace. */
  readonly restricted: boolean;
  readonly collapsed: ReadonlySet<number>;
  readonly opened: ReadonlySet<number>;
  /** Tasks that run library code only are shown too. */
  readonly library: boolean;
  /** All wake-ups are drawn. */
  readonly arrows: boolean;
  /** Tasks that are alike stand in one lane, which opens to its members. */
  readonly grouped: boolean;
  readonly openGroups: ReadonlySet<number>;
  /** Parts below the tasks whose lanes are folded away. */
  readonly folded: ReadonlySet<SectionKind>;
  /** The search. `asked`: how often the field was opened; `at`: index of the current match, -1 before the first. */
  readonly searching: { readonly text: string; readonly at: number; readonly asked: number } | undefined;
  readonly filter: Filter;
  /** The form for it is open. */
  readonly filtering: boolean;
  readonly selection: Selection | undefined;
  readonly hover: Hover | undefined;
  /** The playhead: a position on the steps axis; undefined: none. */
  readonly playhead: number | undefined;
  readonly playing: boolean;
  readonly predict: Prediction | undefined;
  /** The segment or the span whose critical path is shown. */
  readonly why: WhyAsked | undefined;
  /** The host moved the playhead, not the user in this page. */
  readonly driven: boolean;
  /** Doublings of the natural speed. */
  readonly speed: number;
  /** The tab last chosen. */
  readonly pane: PaneName;
  /** Which table of numbers is shown, and its order. */
  readonly numbers: NumberOrder;
  /** The stretch of the run whose numbers are shown; undefined: all of it. */
  readonly range: Stretch | undefined;
  /** The range is what is in view. */
  readonly rangeFollows: boolean;
  /** The range is being dragged. */
  readonly ranging: boolean;
  /** Width to which the column of names was dragged; undefined: it fits the names. */
  readonly namesWidth: CssPixels | undefined;
  /** No room for panes side by side. */
  readonly narrow: boolean;
  /** Where the source of an exported page is shown. */
  readonly source: 'none' | 'beside' | 'tab';
  /** Source line at which the editor's cursor stands. */
  readonly cursor: { readonly file: string; readonly line: number } | undefined;
  readonly live: LiveState;
  /** The run that this one is compared with. */
  readonly older: { readonly lanes: Lanes; readonly label: string } | undefined;
  /** Number of times that the form for another duration was opened. */
  readonly whatIfAsked: number;
}

export const initialState: State = {
  status: { state: 'empty' },
  lanes: undefined,
  shapes: undefined,
  run: 0,
  growth: 0,
  following: true,
  unreadable: undefined,
  arriving: undefined,
  words: translator(undefined),
  locale: 'en',
  root: '',
  compact: false,
  axis: 'time',
  axisChosen: undefined,
  dismissed: new Set(),
  restricted: false,
  collapsed: new Set(),
  opened: new Set(),
  library: false,
  arrows: false,
  grouped: false,
  openGroups: new Set(),
  folded: new Set(),
  searching: undefined,
  filter: NO_FILTER,
  filtering: false,
  selection: undefined,
  hover: undefined,
  playhead: undefined,
  playing: false,
  predict: undefined,
  why: undefined,
  driven: false,
  speed: 0,
  pane: 'story',
  numbers: firstOrder,
  range: undefined,
  rangeFollows: false,
  ranging: false,
  namesWidth: undefined,
  narrow: false,
  source: 'none',
  cursor: undefined,
  live: { on: false, available: false, note: null },
  older: undefined,
  whatIfAsked: 0,
};

/** The program still runs, and what it has recorded so far is shown. */
export function isLive({ status, lanes }: Pick<State, 'status' | 'lanes'>): boolean {
  return status.state === 'running' && lanes !== undefined;
}

export class Store {
  #state = initialState;

  constructor(private readonly changed: (patch: Partial<State>) => void) {}

  get state(): State {
    return this.#state;
  }

  set(patch: Partial<State>): void {
    this.#state = { ...this.#state, ...patch };
    this.changed(patch);
  }
}

/** A part of the page, updated once a frame. `previous` is the state of the frame before. */
export interface View {
  update(state: State, previous: State): void;
  /** The same in slices, for long work; it may be abandoned half-way. */
  updating?(state: State, previous: State): WorkSlices;
}

export function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const copy = new Set(set);
  if (!copy.delete(item)) copy.add(item);
  return copy;
}

/** The segment that a selection is about, if it is about one. */
export function segmentOf(selection: Selection | undefined): number | undefined {
  return selection?.kind === 'segment' ? selection.segment : undefined;
}

/** The task that a selection is about. */
export function taskOf(lanes: Lanes, selection: Selection | undefined): number | undefined {
  if (selection?.kind === 'segment') return lanes.timeline.segments.task[selection.segment];
  if (selection?.kind === 'task') return selection.task;
  if (selection?.kind === 'ghost') return selection.now;
  if (selection?.kind === 'output') return lanes.indexOf.get(lanes.timeline.output[selection.index].task);
  if (selection?.kind === 'limit') return limitsOf(lanes).list[selection.index]?.task;
  if (selection?.kind === 'error') return lanes.indexOf.get(lanes.timeline.errors[selection.index].task);
  if (selection?.kind === 'log') return lanes.indexOf.get(lanes.timeline.logs[selection.index].task);
  return undefined;
}
