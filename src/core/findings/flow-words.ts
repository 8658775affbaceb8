import { userSite } from '../places/chain';
import type { Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { shortName } from '../words/names';
import { taskTitle } from '../words/tasks';
import { waitText } from '../words/waits';
import type { AtOnce } from './at-once';
import type { BusyPoll } from './busy-poll';
import type { Convoy } from './convoy';
import type { FanOut } from './fan-out';
import type { ProblemWords } from './problem';
import type { Sequential } from './sequential';

// Words of hints about the order of awaits and the number of tasks.

/** Words for awaits one after another that could run concurrently. */
export function sequentialWords(problem: Sequential, t: Translate): ProblemWords {
  const { sequence, count, took, longest, times } = problem;
  const name = shortName(problem.function);
  const all = durationWords(took, t);
  const [first] = sequence.awaits;
  const title =
    sequence.how === 'statements'
      ? t(
          '{0} awaits {1} calls one after another, from {2} on: {3} in all, the longest {4}.',
          name,
          sequence.awaits.length,
          first.call,
          all,
          durationWords(longest, t),
        )
      : t(
          '{0} awaits {1} once for each item, one after another: {2} times, {3} in all, the longest {4}.',
          name,
          first.call,
          count,
          all,
          durationWords(longest, t),
        );
  return {
    title: times > 1 ? t('{0} ({1} times)', title, times) : title,
    why: t(
      'Each call begins only when the one before has ended. None of them uses a result of another, so they could wait at the same time.',
    ),
    advice:
      sequence.how === 'statements'
        ? t(
            'Write a, b = await asyncio.gather(f(), g()), or from Python 3.11 on create the tasks in async with asyncio.TaskGroup(). If their order matters, leave it as it is.',
          )
        : t(
            'Write results = await asyncio.gather(*[f(item) for item in items]), with a semaphore in f() if there are many items. If their order matters, leave it as it is.',
          ),
  };
}

/** Words for tasks that are awaited as soon as they are created. */
export function atOnceWords(problem: AtOnce, t: Translate): ProblemWords {
  const { written, times, took } = problem;
  return {
    title:
      times === 1
        ? t('The task of {0} is awaited as soon as it is created.', written.call)
        : t('The tasks of {0} are awaited as soon as they are created ({1} times).', written.call, times),
    why: t(
      'Awaiting a task as soon as you create it leaves no time for anything else: this took {0}, the same as await {1} without a task.',
      durationWords(took, t),
      written.call,
    ),
    advice: t(
      'Write await {0}. To run it at the same time as something else, create all tasks first and await them afterwards.',
      written.call,
    ),
  };
}

/** Words for tasks that poll. */
export function busyPollWords(timeline: Timeline, problem: BusyPoll, t: Translate): ProblemWords {
  const { poll, rounds, took, delay } = problem;
  const task = taskOf(timeline, problem.task);
  return {
    title: t(
      '{0} woke up {1} times in {2} to test {3}.',
      task ? taskTitle(task) : t('The program'),
      rounds,
      durationWords(took, t),
      poll.test,
    ),
    why:
      delay === 0
        ? t('With sleep(0) the task is ready again at once: the event loop never rests, and a processor is kept busy.')
        : t(
            'Each time the event loop runs the task for nothing, and a change is seen up to {0} late.',
            durationWords(delay, t),
          ),
    advice: t(
      'Let the code that makes the change signal it: use an asyncio.Event (await event.wait() here, event.set() there), an asyncio.Queue for items, or await the task whose end is tested. From another thread, call loop.call_soon_threadsafe(event.set).',
    ),
  };
}

/** Words for tasks that queue for one lock. */
export function convoyWords(timeline: Timeline, problem: Convoy, t: Translate): ProblemWords {
  const { resource, waiters, queue, longest, cost, held, times, inner } = problem;
  const line = userSite(timeline, timeline.segments.site[inner])?.line ?? '?';
  return {
    title: t(
      '{0} tasks queued for {1}, up to {2} at a time: each holds it while it waits at line {3}.',
      waiters,
      resource.name,
      queue,
      line,
    ),
    why: t(
      'It was held {0} times, for {1} in which the holder only waited for {2}. Those in the queue waited {3} in all, the longest {4}.',
      times,
      durationWords(held, t),
      waitText(timeline, inner, t),
      durationWords(cost, t),
      durationWords(longest, t),
    ),
    advice: t(
      'Hold it only for what must not overlap: do the waiting before or after the async with, use a lock for each key, or a semaphore with more permits. If only one may do this at a time, leave it as it is.',
    ),
  };
}

/** Words for too many tasks at the same time. */
export function fanOutWords(timeline: Timeline, problem: FanOut, t: Translate): ProblemWords {
  const { created, atOnce, network } = problem;
  const task = taskOf(timeline, problem.task);
  return {
    title: t(
      '{0} created {1} tasks at line {2}, and {3} of them waited at the same time.',
      task ? taskTitle(task) : t('The program'),
      created,
      userSite(timeline, problem.site)?.line ?? '?',
      atOnce,
    ),
    why: network
      ? t(
          'Nothing limits how many there are. Each has a connection of its own: a system allows a process about 1,000 open files, and the other side may refuse so many.',
        )
      : t(
          'Nothing limits how many there are: with more input they need more memory, and whatever they call gets as many requests at once.',
        ),
    advice: t(
      'Limit them: async with asyncio.Semaphore(n) around the work, created once for all tasks, or n workers that take items from an asyncio.Queue.',
    ),
  };
}
