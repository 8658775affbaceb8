import { busyBefore } from '../timeline/busy-time';
import { longHolds } from '../timeline/holds';
import { isHousekeeping, isLibraryTask } from '../timeline/library-tasks';
import { indexLoop, type LoopIndex, type LoopLane, loopLanes } from '../timeline/loop-entries';
import { State, type Timeline } from '../timeline/model';
import { requestOf } from '../timeline/spans';
import { type Indices, indicesOf } from '../timeline/tasks';
import { causeKinds } from '../trace/records';
import { type Branch, branchesOf, enter } from './branches';
import { type Group, groupsOf, membership } from './groups';
import { type Horizon, horizonOf } from './horizon';
import type { SideLane } from './side-lane';
import { sideLanes } from './side-lanes';

/** What is derived from a timeline once, before layout. */
export interface Lanes {
  readonly timeline: Timeline;
  readonly roots: readonly number[];
  /** By task index. */
  readonly branches: readonly Branch[];
  /** Task id → index into `Timeline.tasks`. */
  readonly indexOf: Indices;
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
  /** Task index → its running segments that blocked the loop in a known call. */
  readonly holds: ReadonlyMap<number, readonly number[]>;
  /** Tasks without user code in them or below them: `asyncio.run` creates some at its end. */
  readonly library: ReadonlySet<number>;
  /** Many tasks that are alike. */
  readonly groups: readonly Group[];
  /** By task index: index into `groups`, -1 none. */
  readonly groupOf: Int32Array;
}

export function buildLanes(timeline: Timeline): Lanes {
  const loop = indexLoop(timeline);
  return {
    ...deriveLanes(timeline, horizonOf(timeline), indicesOf(timeline.tasks)),
    loop,
    loops: loopLanes(timeline, loop).map((lane) => ({ ...lane, busy: busyBefore(loop, lane.entries) })),
    cancels: findCancels(timeline),
  };
}

/** The part that does not walk over all segments. */
export function deriveLanes(
  timeline: Timeline,
  horizon: Horizon,
  indexOf: Indices,
): Omit<Lanes, 'loop' | 'loops' | 'cancels'> {
  const { roots, families } = familiesOf(timeline, indexOf);
  const branches = branchesOf(timeline, indexOf);
  enter(branches, roots, 0);
  // Parents come before their children, so that each is there when these look for it.
  for (const [index, children] of families) {
    branches[index].children = children;
    enter(branches, children, branches[index].depth + 1);
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

/** Indices of tasks without a parent, and by the index of their parent those of all others, in order of the parents. */
function familiesOf(timeline: Timeline, indexOf: Indices) {
  const { tasks } = timeline;
  const roots: number[] = [];
  const found = new Map<number, number[]>();
  for (let index = 0; index < tasks.length; index++) {
    const parent = parentOf(timeline, indexOf, index);
    // A parent is older than its children. Anything else is a damaged trace, and would make a cycle.
    const family = parent === undefined || parent >= index ? roots : found.get(parent);
    if (family) family.push(index);
    else found.set(parent!, [index]);
  }
  return { roots, families: new Map([...found].sort(([a], [b]) => a - b)) };
}

/** A request stands for itself: a server's own task that made it, one for each connection, would keep it from those of its route. */
function parentOf(timeline: Timeline, indexOf: Indices, index: number): number | undefined {
  const task = timeline.tasks[index];
  const parent = indexOf.get(task.parent);
  if (parent === undefined || requestOf(timeline, task.id) === undefined) return parent;
  return isLibraryTask(timeline, timeline.tasks[parent]) ? undefined : parent;
}

/** How many tasks a run has, without those of libraries: the number that people are told. */
export function countTasks(timeline: Timeline): number {
  const { tasks } = timeline;
  return tasks.length - findLibraryTasks(timeline, branchesOf(timeline, indicesOf(tasks))).size;
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
  // If nothing else ran, show library tasks, but not the housekeeping of asyncio.run().
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
