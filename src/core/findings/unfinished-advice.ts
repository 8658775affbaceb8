import { userSite } from '../places/chain';
import type { Task, Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import type { Translate } from '../translate';
import { taskTitle } from '../words/tasks';
import type { Unfinished } from './cut-short';
import { mainTask } from './main-task';

/** What to write where a task was still at work when its loop ended. */
export function unfinishedAdvice(timeline: Timeline, problem: Unfinished, t: Translate): string {
  if (wasShielded(timeline, problem.task))
    return t(
      'shield() keeps the work from being cancelled, not the await: when that was cancelled, nobody waited for the work any more. Keep the task and await it before the program ends.',
    );
  if (wasLeftByGather(timeline, problem.task))
    return t(
      'gather() passed on the exception of another task and waited no longer. With return_exceptions=True it waits for all; async with asyncio.TaskGroup() cancels the rest and waits for them.',
    );
  if (problem.cancelled) {
    const [leaver] = timeline.tasks.filter(({ outcome }) => leaves(outcome));
    if (leaver?.outcome.kind === 'exception')
      return t(
        '{0} raised {1}, which ends the event loop at once, whatever else is running. To end the program cleanly, let the main coroutine return.',
        taskTitle(leaver),
        leaver.outcome.text,
      );
    const main = mainTask(timeline, problem.task);
    if (main?.outcome.kind === 'exception')
      return t(
        '{0} failed with {1}, which ended the event loop, whatever else was running. Handle the exception there, or end this task before.',
        taskTitle(main),
        main.outcome.text.replace(/\.$/, ''),
      );
    if (main?.id === problem.task)
      return t(
        'Something else ended the event loop, such as sys.exit() in a callback, Ctrl+C or loop.stop(). To end the program cleanly, let the main coroutine return.',
      );
  }
  if (wasGatheredInVain(timeline, problem.task))
    return t(
      'gather() creates its tasks at once, but only await waits for them: write await asyncio.gather(…) at line {0}.',
      userSite(timeline, timeline.tasks[taskIndex(timeline.tasks, problem.task)].site)?.line ?? '?',
    );
  return t(
    'Keep the task and await it, or create it in async with asyncio.TaskGroup(), which waits for all its tasks.',
  );
}

/** Whether the task was awaited through `shield()`. */
function wasShielded({ waits }: Timeline, task: number): boolean {
  return waits.some((wait) => (wait?.kind === 'shield' && wait.fields.task === task) || wait?.fields.shielded === task);
}

/** Whether the task was one of a `gather()` in which another task failed. */
function wasLeftByGather({ waits, tasks }: Timeline, task: number): boolean {
  return waits.some((wait) => {
    const members = wait?.kind === 'gather' ? wait.fields.members : undefined;
    return (
      members?.includes(task) && tasks.some(({ id, outcome }) => outcome.kind === 'exception' && members.includes(id))
    );
  });
}

/** Whether the task was one of a `gather()` that nobody awaited. */
function wasGatheredInVain({ waits, tasks }: Timeline, task: number): boolean {
  const { group } = tasks[taskIndex(tasks, task)] ?? {};
  return group?.kind === 'gather' && !waits.some((wait) => wait?.fields.members?.includes(task));
}

/** SystemExit and KeyboardInterrupt of a task end the event loop that runs it. */
function leaves(outcome: Task['outcome']): boolean {
  return outcome.kind === 'exception' && /^(SystemExit|KeyboardInterrupt)\b/.test(outcome.text);
}
