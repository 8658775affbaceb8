import type { Task, Timeline } from '../timeline/model';
import type { Seconds } from '../units';
import { taskTimes } from '../words/tasks';
import { matchTasks, type Pair } from './match';

/** How long a task took, and how much of that in each state. */
export interface Measures {
  readonly took: Seconds;
  readonly running: Seconds;
  readonly ready: Seconds;
  readonly suspended: Seconds;
}
export const measureNames = ['took', 'running', 'ready', 'suspended'] as const satisfies readonly (keyof Measures)[];

export interface Row extends Pair {
  readonly measures: Both<Measures>;
}

export interface Both<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** Two runs of one program, or of two similar ones. */
export interface Comparison {
  readonly before: Timeline;
  readonly after: Timeline;
  readonly rows: readonly Row[];
  /** All tasks together; `took`: the whole run. */
  readonly total: { readonly before: Measures; readonly after: Measures };
  /** Where tasks of both runs started or ended in a different order: the order in each. */
  readonly order: readonly { readonly of: 'start' | 'end'; readonly before: Task[]; readonly after: Task[] }[];
}

export function compareTimelines(before: Timeline, after: Timeline): Comparison {
  const rows = matchTasks(before, after).map((pair) => ({
    ...pair,
    measures: {
      before: pair.before && measured(before, pair.before),
      after: pair.after && measured(after, pair.after),
    },
  }));
  const total = {
    before: { ...sum(rows.map(({ measures }) => measures.before)), took: before.duration },
    after: { ...sum(rows.map(({ measures }) => measures.after)), took: after.duration },
  };
  return { before, after, rows, total, order: otherOrders(before, after, rows) };
}

export function measured(timeline: Timeline, task: Task): Measures {
  return { took: task.ended - task.created, ...taskTimes(timeline, task) };
}

function sum(all: readonly (Measures | undefined)[]): Measures {
  const total = { took: 0, running: 0, ready: 0, suspended: 0 };
  for (const one of all) for (const name of measureNames) total[name] += one?.[name] ?? 0;
  return total;
}

function otherOrders(before: Timeline, after: Timeline, rows: readonly Row[]): Comparison['order'] {
  const shared = rows.flatMap((row) => (row.before && row.after ? [{ before: row.before, after: row.after }] : []));
  return (['start', 'end'] as const).flatMap((of) => {
    const step = of === 'start' ? firstTurn : lastTurn;
    const was = shared.toSorted((a, b) => step(before, a.before) - step(before, b.before));
    const is = shared.toSorted((a, b) => step(after, a.after) - step(after, b.after));
    if (was.every((pair, i) => pair === is[i])) return [];
    return [{ of, before: was.map((pair) => pair.before), after: is.map((pair) => pair.after) }];
  });
}

/** Turns order tasks that took no time. */
function firstTurn({ segments }: Timeline, { first, count }: Task): number {
  return count > 0 ? segments.startStep[first] : 0;
}

function lastTurn({ segments, steps }: Timeline, { first, count, outcome }: Task): number {
  return count > 0 && outcome.kind !== 'pending' ? segments.endStep[first + count - 1] : steps;
}
