import { isLibraryTask } from '../timeline/library-tasks';
import type { Task, Timeline } from '../timeline/model';
import { requestOf } from '../timeline/spans';

/** Tasks that are alike: the same coroutine, created at the same line by the same task; of requests the same route. They share one lane. */
export interface Group {
  /** Index of the task that made them, -1 none. */
  readonly parent: number;
  /** Indices of tasks, in order of creation. */
  readonly members: readonly number[];
  /** Qualified name of what they run. */
  readonly coroutine: string;
  /** Of tasks that serve requests. */
  readonly route?: string | undefined;
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
      const key = kindOf(timeline, timeline.tasks[task]);
      const known = alike.get(key);
      if (known) known.push(task);
      else alike.set(key, [task]);
    }
    for (const members of alike.values()) {
      if (members.length < LEAST_ALIKE) continue;
      const { coroutine, id } = timeline.tasks[members[0]];
      groups.push({ parent: parents[i], members, coroutine, route: requestOf(timeline, id)?.route });
    }
  });
  return groups;
}

function kindOf(timeline: Timeline, { id, coroutine, site }: Task): string {
  const route = requestOf(timeline, id)?.route;
  return `${site} ${coroutine}${route === undefined ? '' : ` ${route}`}`;
}

/** By task index: which group it is in, -1 none. */
export function membership(groups: readonly Group[], tasks: number): Int32Array {
  const found = new Int32Array(tasks).fill(-1);
  groups.forEach(({ members }, group) => {
    for (const task of members) found[task] = group;
  });
  return found;
}
