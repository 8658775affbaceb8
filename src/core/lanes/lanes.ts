import { longHolds } from '../timeline/holds';
import { isHousekeeping, isLibraryTask } from '../timeline/library-tasks';
import { indexLoop, type LoopIndex, type LoopLane, loopLanes } from '../timeline/loop-entries';
import { type CoroutineSpan, State, type Timeline } from '../timeline/model';
import { causeKinds } from '../trace/records';
import { type Group, groupsOf, membership } from './groups';
import { type Horizon, horizonOf } from './horizon';
import type { SideLane } from './side-lane';
import { sideLanes } from './side-lanes';

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
  /** Jobs, locks, queues: below the tasks, those of one section beside each other. */
  readonly sides: readonly SideLane[];
  /** Task index → its segments that began with a cancellation. */
  readonly cancels: ReadonlyMap<number, readonly number[]>;
  /** Task id → its errors as indices into `Timeline.errors`, but for the one that ended it, which is its outcome. */
  readonly problems: ReadonlyMap<number, readonly number[]>;
  /** Task index → its running segments that held the loop for long in a call that is known. */
  readonly holds: ReadonlyMap<number, readonly number[]>;
  /** Tasks that run nothing of the user's, nor do those below them: `asyncio.run` makes some at its end. */
  readonly library: ReadonlySet<number>;
  /** Many tasks that are alike. */
  readonly groups: readonly Group[];
  /** By task index: index into `groups`, -1 none. */
  readonly groupOf: Int32Array;
}

export function buildLanes(timeline: Timeline): Lanes {
  const loop = indexLoop(timeline);
  return {
    ...deriveLanes(timeline, horizonOf(timeline)),
    loop,
    loops: loopLanes(timeline, loop),
    cancels: findCancels(timeline),
  };
}

/** What does not take a walk over all segments. */
export function deriveLanes(timeline: Timeline, horizon: Horizon): Omit<Lanes, 'loop' | 'loops' | 'cancels'> {
  const indexOf = new Map(timeline.tasks.map((task, index) => [task.id, index]));
  const levels = packSpans(timeline, indexOf);
  const { roots, families } = familiesOf(timeline, indexOf);
  // Parents come before their children, so that each is there when these look for it.
  const branches: Branch[] = new Array(timeline.tasks.length);
  const none = { children: NO_CHILDREN, levels: NO_LEVELS };
  for (let index = 0; index < branches.length; index++)
    branches[index] = { depth: 0, ...none, position: 0, siblings: 0 };
  enter(branches, roots, 0);
  for (let index = 0; index < branches.length; index++) {
    const branch: Mutable<Branch> = branches[index];
    branch.levels = levels[index] ?? NO_LEVELS;
    const children = families.get(index);
    if (!children) continue;
    branch.children = children;
    enter(branches, children, branch.depth + 1);
  }
  const groups = groupsOf(timeline, [roots, ...families.values()], [-1, ...families.keys()]);
  return {
    timeline,
    roots,
    branches,
    indexOf,
    horizon,
    sides: sideLanes(timeline, indexOf, horizon),
    problems: findProblems(timeline),
    holds: longHolds(timeline, indexOf),
    library: findLibraryTasks(timeline, branches),
    groups,
    groupOf: membership(groups, timeline.tasks.length),
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Most tasks have no children: they share this, which nobody may change. */
export const NO_CHILDREN: readonly number[] = Object.freeze([]);
const NO_LEVELS: Branch['levels'] = Object.freeze([]);

/** Indices of tasks without a parent, and by the index of their parent those of all others, in order of the parents. */
function familiesOf({ tasks }: Timeline, indexOf: ReadonlyMap<number, number>) {
  const roots: number[] = [];
  const found = new Map<number, number[]>();
  for (let index = 0; index < tasks.length; index++) {
    const parent = indexOf.get(tasks[index].parent);
    // A parent is older than its children; anything else is damage and would make the tree a circle.
    const family = parent === undefined || parent >= index ? roots : found.get(parent);
    if (family) family.push(index);
    else found.set(parent!, [index]);
  }
  return { roots, families: new Map([...found].sort(([a], [b]) => a - b)) };
}

function enter(branches: readonly Branch[], family: readonly number[], depth: number): void {
  for (let i = 0; i < family.length; i++) {
    const branch: Mutable<Branch> = branches[family[i]];
    branch.depth = depth;
    branch.position = i + 1;
    branch.siblings = family.length;
  }
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
  // Where nothing else ran, they are what there is to see; but not what every run ends with.
  return library.size === tasks.length && !tasks.every(isHousekeeping) ? new Set() : library;
}

function findProblems({ errors }: Timeline): Map<number, number[]> {
  const found = new Map<number, number[]>();
  errors.forEach(({ kind, task }, index) => {
    if (kind === 'uncaught') return;
    const own = found.get(task);
    if (!own) found.set(task, [index]);
    else if (own.length < MOST_PROBLEMS) own.push(index);
  });
  return found;
}

/** A lane that is full of warnings looks the same with these. */
const MOST_PROBLEMS = 200;

function findCancels(timeline: Timeline): Map<number, number[]> {
  const cancel = causeKinds.indexOf('cancel');
  const found = new Map<number, number[]>();
  const { segments } = timeline;
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
function packSpans(timeline: Timeline, indexOf: ReadonlyMap<number, number>): (Branch['levels'] | undefined)[] {
  const { tasks, coroutines } = timeline;
  const counts = new Uint32Array(tasks.length);
  for (const { task } of coroutines) {
    const index = indexOf.get(task);
    if (index !== undefined) counts[index]++;
  }
  const packed: (Branch['levels'] | undefined)[] = new Array(tasks.length).fill(undefined);
  const several = new Map<number, CoroutineSpan[][][]>();
  for (const span of coroutines) {
    const index = indexOf.get(span.task);
    if (index === undefined) continue;
    // Of a million tasks most run one coroutine: theirs take no more room than they need.
    if (counts[index] === 1) packed[index] = [[span]];
    else {
      const rows = several.get(index) ?? [];
      several.set(index, rows);
      pack(rows, span);
    }
  }
  for (const [index, depths] of several) packed[index] = depths.filter(Boolean).flat();
  return packed;
}

/** @param depths by depth: rows of spans */
function pack(depths: CoroutineSpan[][][], span: CoroutineSpan): void {
  depths[span.depth] ??= [];
  const free = depths[span.depth].find((row) => row.at(-1)!.endStep <= span.startStep && row.at(-1)!.end <= span.start);
  if (free) free.push(span);
  else depths[span.depth].push([span]);
}
