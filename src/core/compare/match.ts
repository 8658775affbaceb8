import type { Task, Timeline } from '../timeline/model';
import { tasksByParent } from '../words/tasks';
import { sameTasks } from './same-tasks';

/** A task of both runs, or of only one: then the other side is undefined. */
export interface Pair {
  readonly before: Task | undefined;
  readonly after: Task | undefined;
  /** Depth in the tree of tasks. */
  readonly depth: number;
}

/** Tasks of two runs side by side, each below its parent: those of the first run in order, then those of only the second. */
export function matchTasks(before: Timeline, after: Timeline): Pair[] {
  const same = sameTasks(before, after, { renamed: false });
  const indexOf = new Map(before.tasks.map((task, index) => [task, index]));
  const partnerOf = (task: Task) => after.tasks[same.get(indexOf.get(task) ?? -1) ?? -1];
  const found = new Set([...same.values()].map((index) => after.tasks[index]));
  const [old, now] = [tasksByParent(before), tasksByParent(after)];
  const below = (was: number | undefined, is: number | undefined, depth: number): Pair[] => [
    ...of(old, was).map((task) => ({ before: task, after: partnerOf(task), depth })),
    ...of(now, is).flatMap((task) => (found.has(task) ? [] : [{ before: undefined, after: task, depth }])),
  ];
  const pairs: Pair[] = [];
  const open = below(0, 0, 0).reverse();
  for (let pair = open.pop(); pair; pair = open.pop()) {
    pairs.push(pair);
    for (const child of below(pair.before?.id, pair.after?.id, pair.depth + 1).reverse()) open.push(child);
  }
  return pairs;
}

function of(families: ReadonlyMap<number, Task[]>, parent: number | undefined): readonly Task[] {
  return parent === undefined ? [] : (families.get(parent) ?? []);
}
