import { type Horizon, horizonOf } from './layout-horizon';
import { indexLoop, type LoopIndex, type LoopLane, loopLanes } from './layout-loop';
import { isLibraryTask } from './library-tasks';
import { type CoroutineSpan, causeKinds, type ProgramError, State, type Timeline } from './model';
import type { CssPixels } from './units';

/** Which rows the timeline has: the loop, the tree of tasks, the coroutines of opened tasks, the output. */

export type Row =
  | LoopRow
  | { readonly kind: 'output'; readonly top: CssPixels; readonly height: CssPixels }
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
export interface LoopRow {
  readonly kind: 'loop' | 'thread';
  readonly top: CssPixels;
  readonly height: CssPixels;
  /** Index into `Lanes.loops`. */
  readonly lane: number;
}

export function isLoopRow(row: Row): row is LoopRow {
  return row.kind === 'loop' || row.kind === 'thread';
}

export interface RowHeights {
  readonly loop: CssPixels;
  readonly task: CssPixels;
  readonly coroutines: CssPixels;
  readonly output: CssPixels;
}

export interface Branch {
  readonly depth: number;
  /** Indices of tasks. */
  readonly children: readonly number[];
  /** Rows of spans: level 0 is the task's own coroutine. */
  readonly levels: readonly (readonly CoroutineSpan[])[];
  readonly position: number;
  readonly siblings: number;
}

/** What is derived from a timeline once, before anything is laid out. */
export interface Lanes {
  readonly timeline: Timeline;
  readonly roots: readonly number[];
  /** By task index. */
  readonly branches: readonly Branch[];
  /** Task id → index into `Timeline.tasks`. */
  readonly indexOf: ReadonlyMap<number, number>;
  /** What all event loops did. */
  readonly loop: LoopIndex;
  /** Their lanes: at least one. */
  readonly loops: readonly LoopLane[];
  readonly horizon: Horizon;
  /** Task index → its segments that began with a cancellation. */
  readonly cancels: ReadonlyMap<number, readonly number[]>;
  /** Task id → its errors, but for the one that ended it, which is its outcome. */
  readonly problems: ReadonlyMap<number, readonly ProgramError[]>;
  /** Tasks that run nothing of the user's, nor do those below them: `asyncio.run` makes some at its end. */
  readonly library: ReadonlySet<number>;
}

export function buildLanes(timeline: Timeline): Lanes {
  const indexOf = new Map(timeline.tasks.map((task, index) => [task.id, index]));
  const levels = packSpans(timeline, indexOf);
  const children: number[][] = timeline.tasks.map(() => []);
  const roots: number[] = [];
  const depths: number[] = [];
  timeline.tasks.forEach((task, index) => {
    const parent = indexOf.get(task.parent);
    // A parent is older than its children; anything else is damage and would make the tree a circle.
    if (parent === undefined || parent >= index) roots.push(index);
    else children[parent].push(index);
    depths.push(parent === undefined || parent >= index ? 0 : depths[parent] + 1);
  });
  const places = new Map<number, { position: number; siblings: number }>();
  for (const family of [roots, ...children]) {
    family.forEach((task, i) => {
      places.set(task, { position: i + 1, siblings: family.length });
    });
  }
  const loop = indexLoop(timeline);
  const branches = timeline.tasks.map((_, index) => ({
    depth: depths[index],
    children: children[index],
    levels: levels[index],
    ...places.get(index)!,
  }));
  return {
    timeline,
    roots,
    branches,
    indexOf,
    loop,
    loops: loopLanes(timeline, loop),
    horizon: horizonOf(timeline),
    cancels: findCancels(timeline),
    problems: findProblems(timeline),
    library: findLibraryTasks(timeline, branches),
  };
}

function findLibraryTasks(timeline: Timeline, branches: readonly Branch[]): Set<number> {
  const { tasks } = timeline;
  const library = new Set<number>();
  // Children come after their parents, so they are known when their parent's turn comes.
  for (let i = tasks.length - 1; i >= 0; i--) {
    const { levels, children } = branches[i];
    const foreign = levels.length === 0 && isLibraryTask(timeline, tasks[i]);
    if (foreign && children.every((child) => library.has(child))) library.add(i);
  }
  // Where nothing else ran, they are what there is to see.
  return library.size === tasks.length ? new Set() : library;
}

function findProblems({ errors }: Timeline): Map<number, ProgramError[]> {
  const found = new Map<number, ProgramError[]>();
  for (const error of errors) {
    if (error.kind !== 'uncaught')
      found.set(error.task, [...(found.get(error.task) ?? []), error].slice(0, MOST_PROBLEMS));
  }
  return found;
}

/** A lane that is full of warnings looks the same with these. */
const MOST_PROBLEMS = 200;

function findCancels({ segments }: Timeline): Map<number, number[]> {
  const cancel = causeKinds.indexOf('cancel');
  const found = new Map<number, number[]>();
  for (let i = 0; i < segments.count; i++) {
    if (segments.state[i] !== State.ready || segments.cause[i] !== cancel) continue;
    const task = segments.task[i];
    const list = found.get(task);
    if (list) list.push(i);
    else found.set(task, [i]);
  }
  return found;
}

/** Spans of each task by depth. Spans that overlap at one depth (async generators beside their user) get rows of their own. */
function packSpans(timeline: Timeline, indexOf: ReadonlyMap<number, number>): CoroutineSpan[][][] {
  const byDepth: CoroutineSpan[][][][] = timeline.tasks.map(() => []);
  for (const span of timeline.coroutines) {
    const rows = byDepth[indexOf.get(span.task) ?? -1];
    if (!rows) continue;
    rows[span.depth] ??= [];
    const free = rows[span.depth].find((row) => row.at(-1)!.endStep <= span.startStep && row.at(-1)!.end <= span.start);
    if (free) free.push(span);
    else rows[span.depth].push([span]);
  }
  return byDepth.map((depths) => depths.filter(Boolean).flat());
}

export interface RowOptions {
  /** Task indices whose children are folded away. */
  readonly collapsed: ReadonlySet<number>;
  /** Task indices whose coroutines are shown. */
  readonly opened: ReadonlySet<number>;
  /** Show tasks that run library code only. */
  readonly library: boolean;
  readonly heights: RowHeights;
}

/** The rows from top to bottom. */
export function rowsOf(lanes: Lanes, { collapsed, opened, library, heights }: RowOptions): Row[] {
  const rows: Row[] = lanes.loops.map((_, lane) => ({
    kind: lane === 0 ? 'loop' : 'thread',
    top: lane * heights.loop,
    height: heights.loop,
    lane,
  }));
  let top = rows.length * heights.loop;
  const shown = (tasks: readonly number[]) => (library ? [...tasks] : tasks.filter((task) => !lanes.library.has(task)));
  const pending = shown(lanes.roots).reverse();
  while (pending.length > 0) {
    const task = pending.pop()!;
    const { depth, children, levels, position, siblings } = lanes.branches[task];
    const folded = collapsed.has(task);
    const nests = levels.length > 1;
    const open = nests && opened.has(task);
    rows.push({
      kind: 'task',
      top,
      height: heights.task,
      task,
      depth,
      children: children.length,
      collapsed: folded,
      nests,
      opened: open,
      position,
      siblings,
    });
    top += heights.task;
    if (open) {
      levels.forEach((spans, level) => {
        rows.push({ kind: 'coroutines', top, height: heights.coroutines, task, depth: depth + 1, level, spans });
        top += heights.coroutines;
      });
    }
    if (!folded) pending.push(...shown(children).reverse());
  }
  if (lanes.timeline.output.length > 0) rows.push({ kind: 'output', top, height: heights.output });
  return rows;
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
