import { momentsOf } from '../axis/moments';
import type { Lanes } from '../lanes/lanes';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import { causeKinds } from '../trace/records';

/** What the loop does after a turn. */
export interface Next {
  /** The next turn that is a step of a user task; undefined if there is none. */
  readonly step: { readonly turn: number; readonly task: number } | undefined;
  /** The turn before it in which the loop waits, because no task is ready. */
  readonly idle: number | undefined;
  /** The program determines it: it does not depend on threads, the network or ties. */
  readonly certain: boolean;
}

/** Causes that the program determines; others come from outside. */
const OWN_CAUSES: ReadonlySet<string> = new Set(['created', 'task', 'timer', 'callback', 'cancel']);

/** @param turn of the loop, from 0. Linear in the turns up to the next step. */
export function nextOf(lanes: Lanes, turn: number): Next {
  const { timeline, loop, library } = lanes;
  const { segments } = timeline;
  const { entry, count } = momentsOf(lanes);
  const { clock } = timeline.meta;
  let idle: number | undefined;
  for (let next = turn + 1; next < count; next++) {
    const i = entry[next];
    if (i < 0) return { step: undefined, idle, certain: false };
    if (loop.kind[i] === LoopKind.idle && loop.end[i] > loop.start[i]) idle ??= next;
    if (loop.kind[i] !== LoopKind.step) continue;
    const row = loop.ref[i];
    const task = segments.task[row];
    if (library.has(task)) continue;
    const ready = row > timeline.tasks[task].first && segments.state[row - 1] === State.ready ? row - 1 : -1;
    const own = ready >= 0 && OWN_CAUSES.has(causeKinds[segments.cause[ready]]);
    // On a real clock timers that are close to each other may fire in either order.
    const queued = ready >= 0 && segments.startStep[ready] <= turn + 1;
    const tied = timeline.ties.some(({ step }) => step > turn && step <= next + 1);
    const certain = own && !tied && (clock === 'virtual' || queued) && loop.nested[i] === 0;
    return { step: { turn: next, task }, idle, certain };
  }
  return { step: undefined, idle, certain: false };
}

/** The row of `Segments` after a step, if the task has not ended. */
export function rowAfter({ timeline }: Pick<Lanes, 'timeline'>, row: number): number | undefined {
  const { segments, tasks } = timeline;
  const { first, count } = tasks[segments.task[row]];
  return row + 1 < first + count ? row + 1 : undefined;
}

/** The state of a task after a turn; undefined: not created yet, or ended. */
export function standingAfter({ timeline }: Lanes, task: number, turn: number): 'ready' | 'waiting' | undefined {
  const { segments, tasks } = timeline;
  const { first, count, outcome } = tasks[task];
  const last = first + count - 1;
  if (count === 0 || segments.startStep[first] > turn + 1) return undefined;
  if (segments.endStep[last] <= turn + 1 && outcome.kind !== 'pending') return undefined;
  let row = first;
  while (row < last && segments.startStep[row + 1] <= turn + 1) row++;
  return segments.state[row] === State.suspended ? 'waiting' : 'ready';
}
