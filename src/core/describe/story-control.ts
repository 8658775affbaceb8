import { chainOf } from '../places/chain';
import { firstWhere } from '../sorted';
import { State, type Task, type Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import type { Code } from '../trace/records';
import { shortName } from '../words/names';

/** Where control goes at an `await`: to the event loop if the task suspends, and otherwise straight on. */

const known = new WeakMap<Timeline['segments'], ReadonlySet<number>>();

/** Whether a segment is the first wait of the innermost user function in its await chain. */
export function isFirstWait(timeline: Timeline, row: number): boolean {
  const rows = known.get(timeline.segments) ?? firstWaits(timeline);
  known.set(timeline.segments, rows);
  return rows.has(row);
}

function firstWaits(timeline: Timeline): Set<number> {
  const { segments } = timeline;
  const first = new Map<Code, number>();
  const codes = new Map<number, Code | undefined>();
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const site = segments.site[row];
    if (!codes.has(site)) codes.set(site, chainOf(timeline, site).findLast(({ code }) => code.user)?.code);
    const code = codes.get(site);
    if (!code) continue;
    const before = first.get(code);
    if (before === undefined || segments.startStep[row] < segments.startStep[before]) first.set(code, row);
  }
  return new Set(first.values());
}

/** The caller of the function that waits: the coroutine that awaits it, or the one that created the task; empty if none. */
export function callerOf(timeline: Timeline, row: number): string {
  const { segments, tasks } = timeline;
  const user = chainOf(timeline, segments.site[row]).filter(({ code }) => code.user);
  const outer = user.at(-2);
  if (outer) return shortName(outer.code.function);
  const task = tasks[segments.task[row]];
  const parent = task.parent === 0 ? undefined : tasks[taskIndex(tasks, task.parent)];
  return parent?.code?.user ? shortName(parent.code.function) : '';
}

export interface RanThrough {
  readonly code: Code;
  /** Where it was awaited, if the record tells. */
  readonly line: number | undefined;
}

/** More coroutines than these in one step are left out. */
const MOST = 2;

/** Coroutines of the user's that a task awaited in one turn, and that returned in the same turn. */
export function ranThrough({ coroutines, sites }: Timeline, task: Task, turn: number): RanThrough[] {
  const found: RanThrough[] = [];
  // In the order in which they began.
  for (
    let i = firstWhere(0, coroutines.length, (at) => coroutines[at].startStep >= turn);
    i < coroutines.length && coroutines[i].startStep <= turn && found.length < MOST;
    i++
  ) {
    const { code, awaiter, task: of, endStep, outcome, items } = coroutines[i];
    if (of !== task.id || awaiter === 0 || !code.user || items || outcome !== 'returned' || endStep > turn + 1)
      continue;
    const site = sites[coroutines[i].site];
    if (!found.some((one) => one.code === code)) found.push({ code, line: site?.code.user ? site.line : undefined });
  }
  return found;
}
