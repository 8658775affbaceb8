import type { Lanes } from './lanes';
import { type CauseKind, causeKinds, State } from './model';
import type { Seconds } from './units';

/** Who made a task ready. */
export interface Wake {
  /** The ready segment that began with it. */
  readonly segment: number;
  readonly time: Seconds;
  readonly step: number;
  readonly cause: CauseKind;
  /** Task id of the waker, 0 for none. */
  readonly by: number;
  /** Where the waker stood (site id), 0 unknown. */
  readonly site: number;
}

/**
 * The wake-up that belongs to a segment. ready: how it became so · running: how the ready stretch before it began ·
 * suspended: what ended it.
 */
export function wakeOf({ timeline }: Lanes, segment: number): Wake | undefined {
  const { segments, tasks } = timeline;
  const task = tasks[segments.task[segment]];
  const state = segments.state[segment];
  const ready = state === State.running ? segment - 1 : state === State.suspended ? segment + 1 : segment;
  if (ready < task.first || ready >= task.first + task.count || segments.state[ready] !== State.ready) return undefined;
  return {
    segment: ready,
    time: segments.start[ready],
    step: segments.startStep[ready],
    cause: causeKinds[segments.cause[ready]],
    by: segments.about[ready],
    site: segments.site[ready],
  };
}

/** The step of the waker during which it woke somebody: the last of its running segments that began before. */
export function stepOfWaker({ timeline, indexOf }: Lanes, wake: Wake): number | undefined {
  const index = indexOf.get(wake.by);
  if (index === undefined) return undefined;
  const { segments, tasks } = timeline;
  const { first, count } = tasks[index];
  let low = first;
  let high = first + count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (segments.startStep[middle] < wake.step) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= first; i--) if (segments.state[i] === State.running) return i;
  return undefined;
}
