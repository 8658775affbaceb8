import type { Ghost } from '../compare/ghost';
import type { Lanes } from '../lanes/lanes';
import { type SectionKind, sectionKinds } from '../lanes/side-lane';
import type { CoroutineSpan } from '../timeline/model';
import type { CssPixels } from '../units';
import type { Filter } from './filter';
import type { GhostCrowdRow, GhostRow } from './ghost-rows';
import { addTasks } from './task-rows';

/** Which rows the timeline has: the loop, the tree of tasks, the coroutines of opened tasks, the output. */

export type Row =
  | LoopRow
  | GroupRow
  | SectionRow
  | SideRow
  | GhostRow
  | GhostCrowdRow
  | { readonly kind: 'output'; readonly top: CssPixels; readonly height: CssPixels }
  | { readonly kind: 'logs'; readonly top: CssPixels; readonly height: CssPixels }
  | {
      readonly kind: 'task';
      readonly top: CssPixels;
      readonly height: CssPixels;
      /** Index into `Timeline.tasks`. */
      readonly task: number;
      readonly depth: number;
      readonly children: number;
      readonly collapsed: boolean;
      /** It has nested coroutines that can be shown. */
      readonly nests: boolean;
      readonly opened: boolean;
      /** For assistive technology: place among its siblings, from 1. */
      readonly position: number;
      readonly siblings: number;
    }
  | {
      readonly kind: 'coroutines';
      readonly top: CssPixels;
      readonly height: CssPixels;
      readonly task: number;
      readonly depth: number;
      readonly level: number;
      /** In time order, not overlapping. */
      readonly spans: readonly CoroutineSpan[];
    };

/** A lane of event loops. `loop` is the first one, which stays on top; `thread` the others, of programs that run several at once. */
export type LoopRow = LoopRowOf<'loop'> | LoopRowOf<'thread'>;

interface LoopRowOf<K> {
  readonly kind: K;
  readonly top: CssPixels;
  readonly height: CssPixels;
  /** Index into `Lanes.loops`. */
  readonly lane: number;
}

/** Rows of one kind. */
export type RowOf<K extends Row['kind']> = Extract<Row, { readonly kind: K }>;

/** Tasks that are alike, in one lane. */
export interface GroupRow {
  readonly kind: 'group';
  readonly top: CssPixels;
  readonly height: CssPixels;
  /** Index into `Lanes.groups`. */
  readonly group: number;
  readonly depth: number;
  readonly opened: boolean;
}

/** The heading of the lanes below it. */
export interface SectionRow {
  readonly kind: 'section';
  readonly top: CssPixels;
  readonly height: CssPixels;
  readonly section: SectionKind;
  readonly folded: boolean;
  /** How many lanes it has. */
  readonly lanes: number;
}

/** A lane beside the tasks. */
export interface SideRow {
  readonly kind: 'side';
  readonly top: CssPixels;
  readonly height: CssPixels;
  /** Index into `Lanes.sides`. */
  readonly lane: number;
  readonly position: number;
  readonly siblings: number;
}

export function isLoopRow(row: Row): row is LoopRow {
  return row.kind === 'loop' || row.kind === 'thread';
}

/** Tells rows apart, also when others come and go. */
export function keyOf(row: Row): string {
  if (row.kind === 'task') return `task ${row.task}`;
  if (row.kind === 'thread' || row.kind === 'side') return `${row.kind} ${row.lane}`;
  if (row.kind === 'group') return `group ${row.group}`;
  if (row.kind === 'section') return `section ${row.section}`;
  if (row.kind === 'ghost') return `ghost ${row.before}`;
  if (row.kind === 'ghosts') return `ghosts ${row.crowd}`;
  return row.kind === 'coroutines' ? `coroutines ${row.task} ${row.level}` : row.kind;
}

export interface RowHeights {
  readonly loop: CssPixels;
  readonly task: CssPixels;
  readonly coroutines: CssPixels;
  readonly output: CssPixels;
  readonly group: CssPixels;
  readonly section: CssPixels;
  /** Lanes of bars beside the tasks. */
  readonly bars: CssPixels;
  /** Lanes of numbers. */
  readonly chart: CssPixels;
  /** What another run did, below the lane of the same task. */
  readonly ghost: CssPixels;
}

export interface RowOptions {
  /** Task indices whose children are folded away. */
  readonly collapsed: ReadonlySet<number>;
  /** Task indices whose coroutines are shown. */
  readonly opened: ReadonlySet<number>;
  /** Show tasks that run library code only. */
  readonly library: boolean;
  /** Tasks that are alike stand in one lane. */
  readonly grouped: boolean;
  /** First members of groups whose members are shown below that lane: while a run grows, groups come and go, tasks stay. */
  readonly openGroups: ReadonlySet<number>;
  /** By task index: 1 for those that a filter leaves, and their ancestors. */
  readonly kept?: Uint8Array;
  /** What left these. Groups stay if it leaves all of theirs, and only by what they do: a chart cannot tell how long each takes. */
  readonly filter?: Filter;
  /** Sections whose lanes are folded away. */
  readonly folded: ReadonlySet<SectionKind>;
  /** The run that these are compared with. */
  readonly ghost?: Ghost;
  /** By task of that run, as `kept`. */
  readonly keptBefore?: Uint8Array;
  readonly heights: RowHeights;
}

/** The rows from top to bottom. */
export function rowsOf(lanes: Lanes, options: RowOptions): Row[] {
  const { folded, heights } = options;
  const rows: Row[] = lanes.loops.map((_, lane) => ({
    kind: lane === 0 ? 'loop' : 'thread',
    top: lane * heights.loop,
    height: heights.loop,
    lane,
  }));
  addTasks(lanes, options, rows);
  addSections(lanes, folded, heights, heightOf(rows), rows);
  return rows;
}

function addSections(
  { sides, timeline }: Lanes,
  folded: ReadonlySet<SectionKind>,
  heights: RowHeights,
  from: CssPixels,
  into: Row[],
): void {
  let top = from;
  const add = (row: Row) => {
    into.push(row);
    top += row.height;
  };
  for (const section of sectionKinds) {
    const own = sides.flatMap((side, lane) => (side.section === section ? [lane] : []));
    const written = (['output', 'logs'] as const).filter((kind) => section === 'output' && timeline[kind].length > 0);
    const count = own.length + written.length;
    if (count === 0) continue;
    // Where the output is all that there is beside the tasks, it needs no heading.
    const alone = section === 'output' && sides.length === 0 && count === 1;
    const shut = !alone && folded.has(section);
    if (!alone) add({ kind: 'section', top, height: heights.section, section, folded: shut, lanes: count });
    if (shut) continue;
    own.forEach((lane, i) => {
      const height = sides[lane].bars ? heights.bars : heights.chart;
      add({ kind: 'side', top, height, lane, position: i + 1, siblings: own.length });
    });
    for (const kind of written) add({ kind, top, height: heights.output });
  }
}

export function heightOf(rows: readonly Row[]): CssPixels {
  const last = rows.at(-1);
  return last ? last.top + last.height : 0;
}

/** The row at a height, by bisection; undefined above and below all rows. */
export function rowAt(rows: readonly Row[], y: CssPixels): Row | undefined {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (y < row.top) high = middle - 1;
    else if (y >= row.top + row.height) low = middle + 1;
    else return row;
  }
  return undefined;
}
