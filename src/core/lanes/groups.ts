import { isLibraryTask } from '../timeline/library-tasks';
import type { Task, Timeline } from '../timeline/model';

/** Tasks that are alike: the same coroutine, created at the same line by the same task. They share one lane. */
export interface Group {
  /** Index of the task that made them, -1 none. */
  readonly parent: number;
  /** Indices of tasks, in order of creation. */
  readonly members: readonly number[];
  /** Qualified name of what they run. */
  readonly coroutine: string;
}

/** Fewer tasks are not grouped. */
export const LEAST_ALIKE = 8;
/** With this many tasks, alike tasks are grouped by default. */
export const MANY_TASKS = 50;

/** @param families tasks with the same parent, as indices. */
export function groupsOf(
  timeline: Timeline,
  families: readonly (readonly number[])[],
  parents: readonly number[],
): Group[] {
  const groups: Group[] = [];
  families.forEach((family, i) => {
    if (family.length < LEAST_ALIKE) return;
    const alike = new Map<string, number[]>();
    for (const task of family) {
      if (isLibraryTask(timeline, timeline.tasks[task])) continue;
      const key = kindOf(timeline.tasks[task]);
      const known = alike.get(key);
      if (known) known.push(task);
      else alike.set(key, [task]);
    }
    for (const members of alike.values()) {
      const { coroutine } = timeline.tasks[members[0]];
      if (members.length >= LEAST_ALIKE) groups.push({ parent: parents[i], members, coroutine });
    }
  });
  return groups;
}

function kindOf({ coroutine, site }: Task): string {
  return `${site} ${coroutine}`;
}

/** By task index: which group it is in, -1 none. */
export function membership(groups: readonly Group[], tasks: number): Int32Array {
  const found = new Int32Array(tasks).fill(-1);
  groups.forEach(({ members }, group) => {
    for (const task of members) found[task] = group;
  });
  return found;
}
