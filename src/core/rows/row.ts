import type { Ghost } from '../compare/ghost';
import type { SectionKind } from '../lanes/side-lane';
import type { CoroutineSpan } from '../timeline/model';
import type { CssPixels } from '../units';
import type { Filter } from './filter';

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
  /** How many lanes it has; how many requests, or named spans. */
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
  /** Show alike tasks in one lane. */
  readonly grouped: boolean;
  /** First members of groups whose members are shown below that lane: while a run grows, groups come and go, tasks stay. */
  readonly openGroups: ReadonlySet<number>;
  /** By task index: 1 for tasks that match the filter, and their ancestors. */
  readonly kept?: Uint8Array;
  /** The filter of `kept`. Groups stay if all members match by state: a chart cannot show how long each takes. */
  readonly filter?: Filter;
  /** Sections whose lanes are folded away. */
  readonly folded: ReadonlySet<SectionKind>;
  /** The run that these are compared with. */
  readonly ghost?: Ghost;
  /** By task of that run, as `kept`. */
  readonly keptBefore?: Uint8Array;
  readonly heights: RowHeights;
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

export function heightOf(rows: readonly Row[]): CssPixels {
  const last = rows.at(-1);
  return last ? last.top + last.height : 0;
}

export interface GhostRow {
  readonly kind: 'ghost';
  readonly top: CssPixels;
  readonly height: CssPixels;
  readonly depth: number;
  /** Index of a task of the older run. */
  readonly before: number;
  /** The same task in the current run; undefined: it does not exist any more. */
  readonly now: number | undefined;
}

/** Many alike tasks of the older run. */
export interface GhostCrowdRow {
  readonly kind: 'ghosts';
  readonly top: CssPixels;
  readonly height: CssPixels;
  readonly depth: number;
  /** Index into `Ghost.crowds`. */
  readonly crowd: number;
  /** It is right below its group in the current run. */
  readonly joined: boolean;
}
