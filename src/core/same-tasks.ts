import type { Task, Timeline } from './model';

/** By index of a task: the index of the one that it is in another run of the same program, edited meanwhile. */
export type SameTasks = ReadonlyMap<number, number>;

/**
 * Tells tasks of two runs to be the same: children of the same, of the same name, in the same order. Names that asyncio gave count
 * for nothing, since one more task before them changes all of them. One of the same name is the same whatever it does now. One that does the
 * same under another name is the same only where `renamed` says so: while somebody types a name, but not where two runs are compared.
 */
export function sameTasks(before: Timeline, after: Timeline, { renamed }: { readonly renamed: boolean }): SameTasks {
  const same = new Map<number, number>();
  const [old, now] = [familiesOf(before), familiesOf(after)];
  // A task may have been made by one that was made by one, and so on, deeper than calls may go.
  const open: [number, number][] = [[-1, -1]];
  for (let next = open.pop(); next; next = open.pop()) pair(...next);
  return same;

  function pair(one: number, other: number): void {
    const ones = old.get(one) ?? [];
    const free = new Set(now.get(other));
    let left = take(ones, free, ({ name, coroutine }) => `${given(name)} ${coroutine}`);
    if (renamed) left = take(left, free, ({ coroutine }) => coroutine);
    take(left, free, ({ name }) => given(name) || undefined);
  }

  /** @returns those that found nobody. */
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

/** Indices of tasks by that of the task that made them, -1: nobody did. In order of creation. */
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
