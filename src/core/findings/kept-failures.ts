import { Flag, State, type Task, type Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import type { Translate } from '../translate';
import { taskTitle } from '../words/tasks';
import { errorText } from './error-words';
import type { FailedWith } from './errors';
import type { ProblemWords } from './problem';

/**
 * A task failed, and the task that waits for it and for others was not told before the run was stopped: `gather(…, return_exceptions=True)`
 * and `asyncio.wait()` go on waiting for the others.
 */
export interface KeptFailure {
  readonly failed: Task;
  /** Row of the wait. */
  readonly wait: number;
  readonly by: 'gather' | 'wait';
}

/** @param task id; undefined if nobody was waiting for it at the end of the record */
export function keptFailure(timeline: Timeline, task: number): KeptFailure | undefined {
  const { segments, tasks, waits } = timeline;
  const failed = tasks[taskIndex(tasks, task)];
  if (!failed) return undefined;
  for (const { first, count } of tasks) {
    const wait = first + count - 1;
    if (count === 0 || segments.state[wait] !== State.suspended || !(segments.flags[wait] & Flag.open)) continue;
    const about = waits[segments.about[wait]];
    if ((about?.kind === 'gather' || about?.kind === 'wait') && about.fields.members?.includes(task))
      return { failed, wait, by: about.kind };
  }
  return undefined;
}

export function keptFailureWords(
  { tasks, segments }: Timeline,
  { error }: FailedWith,
  { failed, wait, by }: KeptFailure,
  t: Translate,
): ProblemWords {
  const call = by === 'gather' ? 'gather()' : 'asyncio.wait()';
  return {
    title: t(
      '{0} failed with {1}, but {2} went on waiting for its other tasks.',
      taskTitle(failed),
      errorText(error),
      call,
    ),
    why: t(
      '{0} in {1} tells of the failure only when all its tasks have ended.',
      call,
      taskTitle(tasks[segments.task[wait]]),
    ),
    advice: t(
      'If one failure makes the rest pointless, use async with asyncio.TaskGroup(), or gather() without return_exceptions=True.',
    ),
  };
}
