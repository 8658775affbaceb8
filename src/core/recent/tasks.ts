import { State, type Timeline } from '../timeline/model';
import type { Span } from './within';

/** How many tasks are in each state now, and how many ended in the span. */
export interface TaskCounts {
  readonly running: number;
  readonly ready: number;
  readonly suspended: number;
  readonly ended: number;
}

export function taskCounts({ tasks, segments }: Timeline, { from }: Span): TaskCounts {
  const counts = [0, 0, 0];
  let ended = 0;
  for (const { outcome, ended: end, first, count } of tasks) {
    if (outcome.kind !== 'pending') ended += end >= from ? 1 : 0;
    // Nothing is known of one that has no rows but that it was created: it is to begin.
    else counts[count === 0 ? State.ready : segments.state[first + count - 1]]++;
  }
  return { running: counts[State.running], ready: counts[State.ready], suspended: counts[State.suspended], ended };
}
