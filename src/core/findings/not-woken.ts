import { notWoken } from '../causes/not-woken';
import { State, type Timeline } from '../timeline/model';
import { isTold } from './not-thread-safe';
import type { Common } from './problem';

/** A task was ready while its loop slept: another thread made it ready and did not wake the loop. `cost`: seconds until it ran. */
export interface NotWoken extends Common {
  readonly kind: 'not-woken';
}

/** Finds them, except where the call from the other thread is a finding itself. */
export function tasksNotWoken(timeline: Timeline): NotWoken[] {
  const { segments, tasks } = timeline;
  const rows = notWoken(timeline).filter((row) => !isTold(timeline, segments.start[row]));
  return rows.map((row) => {
    const task = tasks[segments.task[row]];
    const waited = row > task.first && segments.state[row - 1] === State.suspended ? row - 1 : row;
    const [start, end] = [segments.start[row], segments.end[row]];
    return {
      kind: 'not-woken',
      severity: 'warning',
      task: task.id,
      segment: row,
      site: segments.site[waited],
      start,
      startStep: segments.startStep[row],
      end,
      cost: end - start,
      times: 1,
    } as const;
  });
}
