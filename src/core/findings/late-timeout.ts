import { cancellationAt, cancelledRow } from '../causes/cancellations';
import { chainOf } from '../places/chain';
import { State, type Timeline } from '../timeline/model';
import type { Catch } from '../timeline/shapes';
import { causeKinds } from '../trace/records';

/**
 * Why an `except` did not catch a `TimeoutError`: inside of the block with the time limit it was still `CancelledError`.
 */
export interface LateTimeout {
  /** Line of the await that the time limit ended. */
  readonly awaited: number;
  /** The `except` around it. */
  readonly passed: Catch;
}

const CANCEL = causeKinds.indexOf('cancel');

/** @param site where the `TimeoutError` was raised; undefined if no `except` was passed, or the source is not known */
export function lateTimeout(timeline: Timeline, site: number): LateTimeout | undefined {
  const { tasks, segments, sites, shapes } = timeline;
  const raised = sites[site];
  if (!shapes || !raised) return undefined;
  for (const task of tasks) {
    if (task.outcome.kind !== 'exception' || task.outcome.site !== site) continue;
    let row = cancelledRow(timeline, task) ?? task.first;
    while (row > task.first && !(segments.state[row] === State.ready && segments.cause[row] === CANCEL)) row--;
    if (row <= task.first || cancellationAt(timeline, row).kind !== 'timeout') continue;
    const chain = chainOf({ sites }, segments.site[row - 1]).filter(({ code }) => code.user);
    const block = chain.findIndex(({ code }) => code === raised.code);
    // Innermost first.
    for (const inner of chain.slice(block + 1).reverse()) {
      const passed = shapes
        .get(inner.code.file)
        ?.handles.findLast(({ first, last }) => first <= inner.line && inner.line <= last);
      if (passed && block >= 0) return { awaited: inner.line, passed };
    }
  }
  return undefined;
}
