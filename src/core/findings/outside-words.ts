import { userSite } from '../places/chain';
import type { Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import { shortName } from '../words/names';
import { taskTitle } from '../words/tasks';
import type { ProblemWords } from './problem';
import type { WaitingOutside } from './waiting-outside';

/** Words for a task that waited for a process or a thread when the run was stopped. */
export function waitingOutsideWords(timeline: Timeline, problem: WaitingOutside, t: Translate): ProblemWords {
  const { because, job, busy } = problem;
  const task = taskOf(timeline, problem.task);
  const who = task ? taskTitle(task) : t('The program');
  const line = userSite(timeline, problem.site)?.line ?? '?';
  if (because === 'pipe')
    return {
      title: t('{0} still waited at line {1} for a process to end, whose output nobody reads.', who, line),
      why: t(
        'A pipe holds only so much. When it is full, the process waits until somebody reads, and the program waits for the process: neither can continue.',
      ),
      advice: readAdvice(t),
    };
  const names = [...new Set(busy.map(({ label }) => `${shortName(label)}()`))].slice(0, 3).join(', ');
  return {
    title: t(
      '{0} still waited at line {1} for {2}(), which no thread was free to run.',
      who,
      line,
      shortName(job.label),
    ),
    why: t(
      'All threads of the executor were busy with {0}. If one of these waits for a job that is behind it in the queue, none of them ever ends.',
      names,
    ),
    advice: t(
      'Do not let jobs of an executor wait for others in the same one: give them an executor of their own, with ThreadPoolExecutor(max_workers=…), or wait for them in a coroutine.',
    ),
  };
}

/** What to write where nobody reads the output of a process. */
export function readAdvice(t: Translate): string {
  return t(
    'Write out, err = await process.communicate(), which reads while it waits. If you do not need the output, use asyncio.subprocess.DEVNULL.',
  );
}
