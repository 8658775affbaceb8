import { readyRowOf } from '../causes/wakes';
import { State } from '../timeline/model';
import { lastBefore } from '../timeline/tasks';
import { type CauseKind, causeKinds } from '../trace/records';
import type { Seconds } from '../units';
import type { Lanes } from './lanes';

/** A wake-up of a task. */
export interface Wake {
  /** The ready segment that began with it. */
  readonly segment: number;
  readonly time: Seconds;
  readonly step: number;
  readonly cause: CauseKind;
  /** Task id of the waker, 0 for none. */
  readonly by: number;
  /** The line of the waker (site id), 0 unknown. */
  readonly site: number;
}

/**
 * The wake-up that belongs to a segment. ready: how it became so · running: how the ready stretch before it began ·
 * suspended: what ended it.
 */
export function wakeOf({ timeline }: Lanes, segment: number): Wake | undefined {
  const { segments } = timeline;
  const ready = readyRowOf(timeline, segment);
  if (ready === undefined) return undefined;
  return {
    segment: ready,
    time: segments.start[ready],
    step: segments.startStep[ready],
    cause: causeKinds[segments.cause[ready]],
    by: segments.about[ready],
    site: segments.site[ready],
  };
}

/** The step of the waker in which it woke a task: its last running segment that began before. */
export function stepOfWaker({ timeline, indexOf }: Lanes, wake: Wake): number | undefined {
  const index = indexOf.get(wake.by);
  if (index === undefined) return undefined;
  const { segments, tasks } = timeline;
  const { first, count } = tasks[index];
  for (let i = lastBefore(segments, first, count, wake.step) ?? -1; i >= first; i--)
    if (segments.state[i] === State.running) return i;
  return undefined;
}
