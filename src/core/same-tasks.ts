import type { Task, Timeline } from './model';

/** By index of a task: the index of the one that it is in another run of the same program, edited meanwhile. */
export type SameTasks = ReadonlyMap<number, number>;

/**
 * Tells tasks of two runs to be the same: children of the same, of the same name, in the same order. Names that asyncio gave count
 * for nothing, since one more task before them changes all of them.
 */
export function sameTasks(before: Timeline, after: Timeline): SameTasks {
  const same = new Map<number, number>();
  const [old, now] = [familiesOf(before), familiesOf(after)];
  pair(old.get(-1) ?? [], now.get(-1) ?? []);
  return same;

  function pair(ones: readonly number[], others: readonly number[]): void {
    const free = new Set(others);
    const left = take(ones, free, ({ name, coroutine }) => `${given(name)} ${coroutine}`);
    // What was renamed still does the same; what does another thing now may still have its name.
    take(
      take(left, free, ({ coroutine }) => coroutine),
      free,
      ({ name }) => given(name) || undefined,
    );
  }

  /** @returns those that found nobody. */
  function take(ones: readonly number[], free: Set<number>, keyOf: (task: Task) => string | undefined): number[] {
    const waiting = new Map<string, number[]>();
    for (const index of free) {
      const key = keyOf(after.tasks[index]);
      if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), index]);
    }
    return ones.filter((index) => {
      const key = keyOf(before.tasks[index]);
      const found = key === undefined ? undefined : waiting.get(key)?.shift();
      if (found === undefined) return true;
      free.delete(found);
      same.set(index, found);
      pair(old.get(index) ?? [], now.get(found) ?? []);
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
