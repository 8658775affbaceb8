import type { CoroutineSpan, Timeline } from '../timeline/model';
import type { Indices } from '../timeline/tasks';

/** A task in the tree of tasks. */
export interface Branch {
  readonly depth: number;
  /** Indices of tasks. */
  readonly children: readonly number[];
  /** Rows of spans: level 0 is the task's own coroutine. */
  readonly levels: Levels;
  readonly position: number;
  readonly siblings: number;
}

type Levels = readonly (readonly CoroutineSpan[])[];

/** Most tasks have no children: they share this, which nobody may change. */
export const NO_CHILDREN: readonly number[] = Object.freeze([]);
const NO_LEVELS: Levels = Object.freeze([]);

class TaskBranch implements Branch {
  depth = 0;
  children = NO_CHILDREN;
  position = 0;
  siblings = 0;
  /** Most of a million tasks run one coroutine: the rows for a single one are created on demand. */
  spans: CoroutineSpan | Levels = NO_LEVELS;

  get levels(): Levels {
    return isLevels(this.spans) ? this.spans : [[this.spans]];
  }
}

function isLevels(spans: CoroutineSpan | Levels): spans is Levels {
  return Array.isArray(spans);
}

/** By task index; not yet in the tree. */
export function branchesOf({ tasks, coroutines }: Timeline, indexOf: Indices): TaskBranch[] {
  const branches: TaskBranch[] = [];
  for (let index = 0; index < tasks.length; index++) branches.push(new TaskBranch());
  const counts = new Uint32Array(tasks.length);
  for (const { task } of coroutines) {
    const index = indexOf.get(task);
    if (index !== undefined) counts[index]++;
  }
  const several = new Map<number, CoroutineSpan[][][]>();
  for (const span of coroutines) {
    const index = indexOf.get(span.task);
    if (index === undefined) continue;
    if (counts[index] === 1) branches[index].spans = span;
    else {
      const rows = several.get(index) ?? [];
      several.set(index, rows);
      pack(rows, span);
    }
  }
  for (const [index, depths] of several) branches[index].spans = depths.filter(Boolean).flat();
  return branches;
}

/**
 * Spans of a task by depth. Spans that overlap at one depth (async generators beside their user) get rows of their own.
 * @param depths by depth: rows of spans
 */
function pack(depths: CoroutineSpan[][][], span: CoroutineSpan): void {
  depths[span.depth] ??= [];
  const free = depths[span.depth].find((row) => row.at(-1)!.endStep <= span.startStep && row.at(-1)!.end <= span.start);
  if (free) free.push(span);
  else depths[span.depth].push([span]);
}

/** Puts a family, which are tasks with the same parent, into the tree. */
export function enter(branches: readonly TaskBranch[], family: readonly number[], depth: number): void {
  for (let i = 0; i < family.length; i++) {
    const branch = branches[family[i]];
    branch.depth = depth;
    branch.position = i + 1;
    branch.siblings = family.length;
  }
}
