import { EventKind } from './events';
import type { EventColumns, StepColumns } from './trace';

/**
 * Numbers the turns of the loop (task steps, callbacks, idle waits) in the order in which they ended: the unit of the *steps* axis.
 * Idle waits and callbacks carry their number; steps take those left over, in file order.
 */
export interface Turns {
  readonly count: number;
  /** For each row of the steps: where its run begins and ends on the steps axis. An eager child nests inside its parent. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

export function numberTurns(steps: StepColumns, events: EventColumns): Turns {
  const taken = turnEvents(events);
  const start = new Uint32Array(steps.count);
  const end = new Uint32Array(steps.count);
  let number = 0;
  let next = 0;
  for (let i = 0; i < steps.count; i++) {
    while (next < taken.length && taken[next] === number) {
      next++;
      number++;
    }
    const first = firstNested(steps, i);
    start[i] = first < i ? start[first] : number;
    end[i] = ++number;
  }
  return { count: number + (taken.length - next), start, end };
}

function turnEvents(events: EventColumns): number[] {
  const taken: number[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] === EventKind.idle || events.kind[i] === EventKind.callback) taken.push(events.seq[i]);
  }
  return taken;
}

/** Eager steps end inside the step that made them, so they stand right before it: the first of those that belong to row i. */
function firstNested(steps: StepColumns, i: number): number {
  let first = i;
  while (
    first > 0 &&
    isEager(steps.cause[first - 1]) &&
    steps.start[first - 1] >= steps.start[i] &&
    nests(steps, first - 1, i)
  ) {
    first--;
  }
  return first;
}

function nests(steps: StepColumns, child: number, parent: number): boolean {
  // A grandchild stands before its own parent, which is eager too and between the two.
  for (let at = child; at < parent; ) {
    const waker = steps.waker[at];
    if (waker === steps.task[parent]) return true;
    let above = at + 1;
    while (above < parent && steps.task[above] !== waker) above++;
    if (above === parent) return false;
    at = above;
  }
  return false;
}

export function isEager(cause: number): boolean {
  return (cause & 8) !== 0;
}
