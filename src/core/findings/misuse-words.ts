import { userSite } from '../places/chain';
import type { Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { oneLine } from '../words/labels';
import { shortName } from '../words/names';
import { taskMention } from '../words/tasks';
import type { LeftOpen } from './left-open';
import type { LeftRunning } from './left-running';
import type { NotThreadSafe } from './not-thread-safe';
import type { ProblemWords } from './problem';
import type { Unseen } from './unseen-exceptions';

// Words of findings about threads, `gather()` and async generators.

/** Words for calls into a loop from another thread. */
export function notThreadSafeWords(timeline: Timeline, problem: NotThreadSafe, t: Translate): ProblemWords {
  const { times, cost } = problem;
  const thread = problem.thread === '' ? t('A thread') : threadName(problem.thread);
  const line = userSite(timeline, problem.site)?.line ?? '?';
  const isGiven = problem.segment !== undefined;
  return {
    title: isGiven
      ? t(
          '{0} used the event loop of another thread, without waking it: that ended the wait at line {1}.',
          thread,
          line,
        )
      : times === 1
        ? t('{0} used the event loop of another thread at line {1}, without waking it.', thread, line)
        : t('{0} used the event loop of another thread {2} times at line {1}, without waking it.', thread, line, times),
    why:
      cost > 0
        ? t(
            'call_soon(), set_result(), event.set() and create_task() are for the thread of the event loop only. From another thread they do not wake the loop: it slept on for {0}.',
            durationWords(cost, t),
          )
        : t(
            'call_soon(), set_result(), event.set() and create_task() are for the thread of the event loop only. From another thread they do not wake the loop, and may disturb what it is doing.',
          ),
    advice: t(
      'In another thread, write loop.call_soon_threadsafe(callback, …) for functions such as event.set or future.set_result, and asyncio.run_coroutine_threadsafe(coroutine, loop) for coroutines.',
    ),
  };
}

/** Python's default names already say "thread". */
function threadName(name: string): string {
  return /^thread/i.test(name) ? name : `Thread ${name}`;
}

const MOST_NAMED = 3;

/** Words for exceptions in results of `gather()` that nobody looks at. */
export function unseenWords(problem: Unseen, t: Translate): ProblemWords {
  const { failed, of } = problem;
  const named = failed
    .slice(0, MOST_NAMED)
    .map((task) => t('{0} with {1}', taskMention(task), oneLine('text' in task.outcome ? task.outcome.text : '')));
  const more = failed.length - named.length;
  const list = more > 0 ? t('{0}, and {1} more', named.join('; '), more) : named.join('; ');
  return {
    title: t('{0} of {1} tasks of gather() failed, and nobody looked at the exceptions: {2}.', failed.length, of, list),
    why: t(
      'With return_exceptions=True, gather() does not raise exceptions: it returns them in its list of results, and this code does not use that list.',
    ),
    advice: t(
      'Keep the results and look at them: for result in results: if isinstance(result, Exception): … To be told of the first failure, leave out return_exceptions=True or use async with asyncio.TaskGroup().',
    ),
  };
}

/** Words for async generators that were not closed. */
export function leftOpenWords(timeline: Timeline, problem: LeftOpen, t: Translate): ProblemWords {
  const { generator, closer } = problem;
  const name = shortName(generator.code.function);
  const line = userSite(timeline, problem.site)?.line ?? '?';
  const user = taskOf(timeline, problem.task);
  const { outcome } = closer;
  return {
    title:
      outcome.kind === 'exception'
        ? t(
            '{0}() was left open by the async for at line {1}. When it was closed later, it failed with {2}.',
            name,
            line,
            oneLine(outcome.text),
          )
        : t('{0}() was left open by the async for at line {1}, and closed later in another task.', name, line),
    why: t(
      'break, return or an exception leaves an async for, but does not close the async generator: {0} went on, and its finally ran later, in a task that asyncio makes for that, with another context.',
      user ? taskMention(user) : t('The program'),
    ),
    advice: t(
      'Write async with contextlib.aclosing({0}(…)) as items: around the async for. It closes the generator where you leave it.',
      name,
    ),
  };
}

/** Words for tasks that a `gather()` which raised left running. */
export function leftRunningWords(timeline: Timeline, problem: LeftRunning, t: Translate): ProblemWords {
  const { failed, others, severity } = problem;
  const names = others.slice(0, MOST_NAMED).map(taskMention).join(', ');
  const lost = others.find(({ outcome }) => outcome.kind === 'exception');
  const line = userSite(timeline, problem.site)?.line ?? '?';
  const error = oneLine('text' in failed.outcome ? failed.outcome.text : '');
  const time = durationWords((problem.end ?? problem.start) - problem.start, t);
  return {
    title:
      severity === 'warning' && lost
        ? t(
            'gather() at line {0} raised {1}, and {2} failed later with {3}, which nobody saw.',
            line,
            error,
            taskMention(lost),
            oneLine('text' in lost.outcome ? lost.outcome.text : ''),
          )
        : t('gather() at line {0} raised {1}, but {2} ran on for {3}.', line, error, names, time),
    why: t(
      'gather() raises the first exception at once. It does not cancel the other tasks, and nobody waits for them any more: what they still do, and their exceptions, go unnoticed.',
    ),
    advice: t(
      'Use async with asyncio.TaskGroup(), which cancels the others and waits for them (Python 3.11), or create the tasks yourself and cancel them where you handle the exception. If they are to finish, use return_exceptions=True and look at the results.',
    ),
  };
}
