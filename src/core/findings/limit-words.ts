import { userSite } from '../places/chain';
import type { Task, Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Catch } from '../timeline/shapes';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { shortName } from '../words/names';
import { taskMention, taskTitle } from '../words/tasks';
import { cancellerWords } from '../words/wakes';
import type { Outlived } from './outlived';
import type { ProblemWords } from './problem';
import { lastSite, roundsOf, type StillWaiting } from './still-waiting';
import { catcherOf, catchOf, limitSite, type Swallowed } from './swallowed';

// Words of findings about cancellation and time limits.

function who(timeline: Timeline, id: number, t: Translate): string {
  const task = taskOf(timeline, id);
  return task ? taskTitle(task) : t('The program');
}

/** The time limit: `300 ms`, or `300 ms (line 19)`. */
function limitText(timeline: Timeline, problem: Swallowed, t: Translate): string {
  const { seconds } = problem.from;
  const line = limitSite(timeline, problem)?.line;
  const length = seconds === undefined ? '' : durationWords(seconds, t);
  return line === undefined ? length : `${length} ${t('(line {0})', line)}`.trim();
}

/** Words for a cancellation or a time limit that the program ignored. */
export function swallowedWords(timeline: Timeline, problem: Swallowed, t: Translate): ProblemWords {
  const site = catcherOf(timeline, problem);
  const [name, line] = [shortName(site?.code.function ?? '?'), site?.line ?? '?'];
  const caught = catchOf(timeline, problem);
  const place = caught ? t('line {0} ({1})', caught.line, caught.text) : t('line {0}', line);
  const advice = catchAdvice(caught, t);
  if (problem.kind === 'limit-ignored')
    return {
      title:
        problem.ended === undefined
          ? t(
              'The time limit of {0} had no effect: {1}() caught the cancellation at {2} and was still running {3} later.',
              limitText(timeline, problem, t),
              name,
              place,
              durationWords(problem.cost, t),
            )
          : t(
              'The time limit of {0} had no effect: {1}() caught the cancellation at {2} and continued for {3}.',
              limitText(timeline, problem, t),
              name,
              place,
              durationWords(problem.ended - problem.start, t),
            ),
      why: t(
        'When a time limit is reached, CancelledError is raised at the await. Code that catches it and does not raise it again continues, and no TimeoutError is raised.',
      ),
      advice,
    };
  const title = t(
    '{0} was cancelled by {1} while it waited at line {2}, but continued as before.',
    who(timeline, problem.task, t),
    cancellerWords(timeline, problem.from, t),
    line,
  );
  if (problem.byWaitFor)
    return {
      title,
      why: t(
        'Before Python 3.12, wait_for() drops a cancellation that arrives just when the result is there: it returns the result and the task is never cancelled.',
      ),
      advice: t(
        'Use Python 3.12 or later, or async with asyncio.timeout(…) from 3.11 on, or cancel until task.done().',
      ),
    };
  return {
    title,
    why: t(
      'cancel() raises CancelledError at the await. {0}() caught it at {1} and did not raise it again, so the task keeps running, and whatever awaits it keeps waiting.',
      name,
      place,
    ),
    advice,
  };
}

/** What to write instead of the code that caught the cancellation. */
function catchAdvice(caught: Catch | undefined, t: Translate): string {
  if (/^(return|break|continue)\b/.test(caught?.text ?? ''))
    return t(
      'Do not leave finally with return, break or continue: each of them drops the exception, CancelledError too. Put it after the try statement.',
    );
  if (/^[\w.]*suppress\(/.test(caught?.text ?? ''))
    return t(
      'Leave CancelledError and BaseException out of suppress(). Suppress it only around await task, after you have cancelled that task yourself.',
    );
  return t(
    'Catch only what you expect: except Exception does not catch CancelledError, but a bare except and except BaseException do. If you have to catch it to clean up, raise it again.',
  );
}

/** Words for work in a thread or a process that continued after its time limit. */
export function outlivedWords(problem: Outlived, t: Translate): ProblemWords {
  const { job, limit: limited, cost } = problem;
  const label = shortName(job.label);
  const ended = job.ended !== undefined;
  const limit = limited.seconds === undefined ? '' : durationWords(limited.seconds, t);
  return {
    title: ended
      ? t('{0}() kept running for {1} after the time limit of {2}.', label, durationWords(cost, t), limit)
      : t('{0}() was still running {1} after the time limit of {2}.', label, durationWords(cost, t), limit),
    why:
      job.kind === 'thread'
        ? t(
            'A time limit only ends the wait. A thread cannot be cancelled: {0}() runs to its end, and nobody gets its result.',
            label,
          )
        : t(
            'A time limit only ends the wait. A job that has begun cannot be cancelled: {0}() runs to its end, and nobody gets its result.',
            label,
          ),
    advice: t(
      'Give the work its own limit (the timeout of the library that it calls), or have it check a threading.Event that you set when the limit is reached.',
    ),
  };
}

/** Words for a task that waited for an endless one when the run was stopped. */
export function stillWaitingWords(timeline: Timeline, problem: StillWaiting, t: Translate): ProblemWords {
  const [first] = problem.for;
  const line = userSite(timeline, problem.site)?.line ?? '?';
  const names = problem.for.slice(0, 3).map(taskMention).join(', ');
  return {
    title: t('{0} never got past line {1}: it still waited for {2}.', who(timeline, problem.task, t), line, names),
    why: roundsText(timeline, first, problem.ended, t),
    advice: t(
      'Cancel tasks that never end by themselves once the work is done, or start them outside of the group that you wait for.',
    ),
  };
}

function roundsText(timeline: Timeline, task: Task, ended: number, t: Translate): string {
  const line = userSite(timeline, lastSite(timeline, task))?.line ?? '?';
  return t(
    '{0} does not end by itself: it had waited {1} times at line {2}. Of the tasks that were started with it, {3} had ended.',
    taskMention(task),
    roundsOf(timeline, task),
    line,
    ended,
  );
}
