import { userSite } from '../places/chain';
import type { Task, Timeline } from '../timeline/model';

/** Task index → index of the same task in another run of the program, which may have been edited in between. */
export type SameTasks = ReadonlyMap<number, number>;

/**
 * Matches tasks of two runs: children of the same task, with the same name, in the same order. Names that asyncio gave do not
 * count, since one more task changes all of the following names: where two runs are compared, the line that created a task
 * decides. A task with the same name is the same, whatever it does now. One that does the same under another name is the same only
 * if `renamed` is set: while a name is being typed, but not where two runs are compared.
 */
export function sameTasks(before: Timeline, after: Timeline, { renamed }: { readonly renamed: boolean }): SameTasks {
  const same = new Map<number, number>();
  const [old, now] = [familiesOf(before), familiesOf(after)];
  // A stack instead of recursion: tasks may be nested deeper than JavaScript's call stack.
  const open: [number, number][] = [[-1, -1]];
  for (let next = open.pop(); next; next = open.pop()) pair(...next);
  return same;

  function pair(one: number, other: number): void {
    const ones = old.get(one) ?? [];
    const free = new Set(now.get(other));
    let left: readonly number[] = ones;
    if (!renamed && ones.length > 1) {
      const places = new Map([...placesOf(before, ones), ...placesOf(after, [...free])]);
      left = take(left, free, (task) => places.get(task)?.rank);
      left = take(left, free, (task) => places.get(task)?.line);
    }
    left = take(left, free, ({ name, coroutine }) => `${given(name)} ${coroutine}`);
    if (renamed) left = take(left, free, ({ coroutine }) => coroutine);
    take(left, free, ({ name }) => given(name) || undefined);
  }

  /** @returns the tasks without a match */
  function take(ones: readonly number[], free: Set<number>, keyOf: (task: Task) => string | undefined): number[] {
    const waiting = new Map<string, number[]>();
    for (const index of free) {
      const key = keyOf(after.tasks[index]);
      if (key === undefined) continue;
      const alike = waiting.get(key);
      if (alike) alike.push(index);
      else waiting.set(key, [index]);
    }
    for (const alike of waiting.values()) alike.reverse();
    return ones.filter((index) => {
      const key = keyOf(before.tasks[index]);
      const found = key === undefined ? undefined : waiting.get(key)?.pop();
      if (found === undefined) return true;
      free.delete(found);
      same.set(index, found);
      open.push([index, found]);
      return false;
    });
  }
}

interface Place {
  /** Rank of the line that created it among such lines, and their number: it does not change when lines are added above. */
  readonly rank: string;
  /** The line that created it, counted from the top of its function. */
  readonly line: string;
}

/** Where tasks with one parent were created, to distinguish tasks that are otherwise alike. */
function placesOf(timeline: Timeline, family: readonly number[]): Map<Task, Place> {
  const alike = new Map<string, Map<Task, number>>();
  const lines = new Map<Task, string>();
  for (const index of family) {
    const task = timeline.tasks[index];
    const site = userSite(timeline, task.site);
    if (!site) continue;
    const kind = `${given(task.name)} ${task.coroutine} ${site.code.function}`;
    const row = site.line - site.code.firstLine;
    lines.set(task, `${kind} ${row}:${site.column}`);
    const known = alike.get(kind);
    // One sortable number of line and column: no line is that long.
    const place = row * 1e5 + (site.column ?? 0);
    if (known) known.set(task, place);
    else alike.set(kind, new Map([[task, place]]));
  }
  const places = new Map<Task, Place>();
  for (const [kind, made] of alike) {
    const known = [...new Set(made.values())].sort((a, b) => a - b);
    for (const [task, place] of made)
      places.set(task, { rank: `${kind} ${known.indexOf(place)} of ${known.length}`, line: lines.get(task)! });
  }
  return places;
}

/** Task indices by the index of their parent, -1 for none. In order of creation. */
function familiesOf({ tasks }: Timeline): Map<number, number[]> {
  const indexOf = new Map(tasks.map(({ id }, index) => [id, index]));
  const families = new Map<number, number[]>();
  tasks.forEach(({ parent }, index) => {
    const above = indexOf.get(parent);
    const key = above !== undefined && above < index ? above : -1;
    const family = families.get(key);
    if (family) family.push(index);
    else families.set(key, [index]);
  });
  return families;
}

const given = (name: string): string => (/^Task-\d+$/.test(name) ? '' : name);
