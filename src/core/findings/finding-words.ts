import { type HeldError, type ProgramError, State, type Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import type { Code } from '../trace/records';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { deadlockText } from '../words/deadlocks';
import { explainErrorIn } from '../words/error-loops';
import { holdAdvice, holdReason, placedCall } from '../words/holds';
import { oneLine } from '../words/labels';
import { shortName } from '../words/names';
import { taskTitle } from '../words/tasks';
import { waitText } from '../words/waits';
import { cancellerWords } from '../words/wakes';
import { deadlockAdvice, deadlockReason } from './deadlock-advice';
import type { OfOwnWords, Problem, ProblemKind } from './findings';
import { atOnceWords, busyPollWords, convoyWords, fanOutWords, sequentialWords } from './flow-words';
import { outlivedWords, stillWaitingWords, swallowedWords } from './limit-words';
import { leftOpenWords, notThreadSafeWords, unseenWords } from './misuse-words';
import type { ProblemWords } from './problem';

export function problemWords(timeline: Timeline, problem: Problem, t: Translate): ProblemWords {
  switch (problem.kind) {
    case 'limit-ignored':
    case 'cancel-ignored':
      return swallowedWords(timeline, problem, t);
    case 'outlived-limit':
      return outlivedWords(problem, t);
    case 'still-waiting':
      return stillWaitingWords(timeline, problem, t);
    case 'not-thread-safe':
      return notThreadSafeWords(timeline, problem, t);
    case 'unseen-exceptions':
      return unseenWords(problem, t);
    case 'generator-left-open':
      return leftOpenWords(timeline, problem, t);
    case 'sequential-awaits':
      return sequentialWords(problem, t);
    case 'awaited-at-once':
      return atOnceWords(problem, t);
    case 'busy-poll':
      return busyPollWords(timeline, problem, t);
    case 'convoy':
      return convoyWords(timeline, problem, t);
    case 'unbounded-fan-out':
      return fanOutWords(timeline, problem, t);
    default:
      return plainWords(timeline, problem, t);
  }
}

/** Those whose words do not stand in a file of their own. */
type Plain = Exclude<Problem, OfOwnWords>;

function plainWords(timeline: Timeline, problem: Plain, t: Translate): ProblemWords {
  const explained =
    'error' in problem && problem.kind !== 'never-awaited' ? explainErrorIn(timeline, problem.error, t) : undefined;
  return {
    title: title(timeline, problem, t),
    why: explained?.meaning ?? why(timeline, problem, t),
    advice: explained?.advice || advice(timeline, problem, t),
  };
}

/** One word or two for the kind. */
export function problemLabel(kind: ProblemKind, t: Translate): string {
  switch (kind) {
    case 'deadlock':
      return t('deadlock');
    case 'uncaught':
      return t('uncaught exception');
    case 'handler':
      return t('error in a callback');
    case 'never-retrieved':
      return t('lost exception');
    case 'never-awaited':
      return t('never awaited');
    case 'awaited-twice':
      return t('awaited twice');
    case 'tracer':
      return t('incomplete recording');
    case 'blocking':
    case 'long-callback':
      return t('blocked event loop');
    case 'not-woken':
      return t('event loop not woken');
    case 'limit-ignored':
      return t('time limit ignored');
    case 'cancel-ignored':
      return t('cancellation ignored');
    case 'outlived-limit':
      return t('work after its time limit');
    case 'still-waiting':
      return t('still waiting');
    case 'not-thread-safe':
      return t('not thread-safe');
    case 'unseen-exceptions':
      return t('unseen exceptions');
    case 'generator-left-open':
      return t('async generator left open');
    case 'sequential-awaits':
      return t('awaits one after another');
    case 'awaited-at-once':
      return t('task awaited at once');
    case 'busy-poll':
      return t('busy polling');
    case 'convoy':
      return t('queue for a lock');
    case 'unbounded-fan-out':
      return t('tasks without a limit');
    case 'unfinished':
      return t('never finished');
    case 'cancelled':
      return t('cancelled');
  }
}

function title(timeline: Timeline, problem: Plain, t: Translate): string {
  switch (problem.kind) {
    case 'deadlock':
      return deadlockText(timeline, problem.finding, t);
    case 'blocking':
      return heldText(timeline, problem, whoOf(timeline, problem, t), t);
    case 'long-callback':
      return heldText(timeline, problem, t('Callback {0}', shortName(problem.callback.name)), t);
    case 'not-woken':
      return t(
        '{0} was ready for {1} while the event loop slept.',
        whoOf(timeline, problem, t),
        formatDuration(problem.cost),
      );
    case 'unfinished':
      return problem.cancelled
        ? t('{0} had not finished when the program ended, so it was cancelled.', whoOf(timeline, problem, t))
        : t('{0} never finished.', whoOf(timeline, problem, t));
    case 'cancelled':
      return t('{0} was cancelled by {1}.', whoOf(timeline, problem, t), cancellerWords(timeline, problem.from, t));
    case 'never-retrieved':
      return t('{0} failed with {1}, and nobody noticed.', whoOf(timeline, problem, t), errorText(problem.error));
    case 'never-awaited':
      return timesText(errorText(problem.error), problem.times, t);
    default:
      return holdsErrors(problem.error) ? groupText(problem.error, t) : errorText(problem.error);
  }
}

/** As many as the tracer tells of one place: there may have been more. */
const MOST_TIMES = 100;

function timesText(text: string, times: number, t: Translate): string {
  if (times === 1) return text;
  return times < MOST_TIMES ? t('{0} ({1} times)', text, times) : t('{0} ({1} times or more)', text, times);
}

const MOST_HELD = 3;
/** What a TaskGroup calls its exceptions. */
const OF_TASK_GROUP = /^unhandled errors in a TaskGroup/;

function holdsErrors(error: ProgramError): error is ProgramError & { readonly holds: readonly HeldError[] } {
  return error.holds !== undefined && error.holds.length > 0;
}

/** A group with what it holds: `ExceptionGroup: ValueError: no 2; KeyError: 'key'`. Its own message only where the program wrote it. */
function groupText(error: ProgramError & { readonly holds: readonly HeldError[] }, t: Translate): string {
  const { type, holds } = error;
  const first = holds.slice(0, MOST_HELD).map(errorText).join('; ');
  const more = holds.length - MOST_HELD;
  const held = more > 0 ? t('{0}, and {1} more', first, more) : first;
  return `${OF_TASK_GROUP.test(error.message) ? type : errorText(error)}: ${held}`;
}

/** A call that took a smaller share of a step is told with its own time: there are others, such as a second `time.sleep`. */
const MOST_OF_IT = 0.75;

/** Who held the loop, for how long, and in which call. */
function heldText(
  timeline: Timeline,
  problem: Problem & { readonly kind: 'blocking' | 'long-callback' },
  who: string,
  t: Translate,
): string {
  const length = formatDuration(problem.longest);
  const { site, times } = problem;
  if (site === 0)
    return times === 1
      ? t('{0} blocked the event loop for {1} without an await.', who, length)
      : t('{0} blocked the event loop {2} times without an await, for up to {1}.', who, length, times);
  const call = placedCall(timeline, site, t);
  const { hold } = problem;
  if (times === 1 && hold !== undefined && hold.share < MOST_OF_IT) {
    const part = formatDuration(hold.share * (hold.computing + hold.blocked));
    return t('{0} blocked the event loop for {1}, {3} of it at {2}', who, length, call, part);
  }
  return times === 1
    ? t('{0} blocked the event loop for {1} at {2}', who, length, call)
    : t('{0} blocked the event loop {2} times, for up to {1}, at {3}', who, length, times, call);
}

/** How asyncio begins to say it. */
const LOST = /^Task exception was never retrieved: /;

function errorText({ type, message }: { readonly type: string; readonly message: string }): string {
  // Some messages say the type themselves.
  return oneLine(
    LOST.test(message)
      ? message.replace(LOST, '')
      : message === ''
        ? type
        : message.includes(type) || /Warning$/.test(type)
          ? message
          : `${type}: ${message}`,
  );
}

function why(timeline: Timeline, problem: Plain, t: Translate): string {
  switch (problem.kind) {
    case 'deadlock':
      return deadlockReason(timeline, problem.finding, t);
    case 'blocking':
    case 'long-callback':
      return `${holdReason(timeline, problem.hold, t)} ${latenessText(problem, t)}`;
    case 'unfinished':
    case 'cancelled':
      return problem.segment === undefined
        ? notWaiting(timeline, problem, t)
        : t('It was waiting for {0}.', waitText(timeline, problem.segment, t));
    case 'never-awaited':
      return t(
        'Calling an async function only creates a coroutine object. None of its code ran, because nobody awaited the object or made it a task.',
      );
    case 'not-woken':
      return t(
        'Another thread made it ready, and that does not wake an event loop which waits for a timer or for input.',
      );
    case 'awaited-twice':
      return t('A coroutine runs only once. After that there is nothing left to await.');
    case 'never-retrieved':
      return t(
        'Nobody awaited the task, so its exception was raised nowhere. Python only logs it, once the task is garbage-collected.',
      );
    case 'handler':
      return t('It was raised where no task could catch it, so the event loop only reported it.');
    case 'uncaught':
      return OF_TASK_GROUP.test(problem.error.message)
        ? t(
            'A TaskGroup raises the exceptions of its failed tasks together, as one group. Nobody caught it, so the program ended.',
          )
        : t('Nobody caught it, so the program ended.');
    case 'tracer':
      return t('Coroscope could not record the rest; the program itself was not disturbed.');
  }
}

/** Of a task that did not wait when the program ended, or when it was cancelled. */
function notWaiting({ tasks, segments }: Timeline, { task }: Problem, t: Translate): string {
  const { first, count } = tasks[taskIndex(tasks, task)] ?? { first: 0, count: 0 };
  const ran = Array.from({ length: count }, (_, i) => first + i).some(
    (row) =>
      segments.state[row] === State.suspended || (segments.state[row] === State.running && row + 1 < first + count),
  );
  return ran ? t('It was ready, and had not had its turn.') : t('It never got a turn.');
}

function latenessText({ late, cost }: Problem & { readonly late: number }, t: Translate): string {
  if (late === 0) return t('No other task was ready meanwhile. If there had been one, it would have had to wait.');
  return late === 1
    ? t('Another task was ready and had to wait {0} for its turn.', formatDuration(cost))
    : t('Other tasks were ready and had to wait {0} in all.', formatDuration(cost));
}

function advice(timeline: Timeline, problem: Plain, t: Translate): string {
  switch (problem.kind) {
    case 'deadlock':
      return deadlockAdvice(timeline, problem.finding, t);
    case 'blocking':
      return holdAdvice(timeline, problem.hold, t);
    case 'long-callback':
      return t('Keep callbacks short: create a task in them, or run blocking code in a thread.');
    case 'not-woken':
      return t(
        'In another thread write loop.call_soon_threadsafe(future.set_result, value), which also wakes the loop.',
      );
    case 'unfinished':
      if (wasShielded(timeline, problem.task))
        return t(
          'shield() keeps the work from being cancelled, not the await: when that was cancelled, nobody waited for the work any more. Keep the task and await it before the program ends.',
        );
      if (wasLeftByGather(timeline, problem.task))
        return t(
          'gather() passed on the exception of another task and waited no longer. With return_exceptions=True it waits for all; async with asyncio.TaskGroup() cancels the rest and waits for them.',
        );
      return t(
        'Keep the task and await it, or create it in async with asyncio.TaskGroup(), which waits for all its tasks.',
      );
    case 'never-awaited':
      return neverAwaitedAdvice(timeline, problem.error, t);
    case 'awaited-twice':
      return t(
        'Call the function again for each await, or create one task: you can await a task as often as you like.',
      );
    case 'never-retrieved':
      return t('Await the task, gather it, or create it in async with asyncio.TaskGroup().');
    case 'cancelled':
      return problem.from.kind === 'timeout'
        ? t('If it needs more time, raise the limit. Otherwise there is nothing to do.')
        : '';
    case 'uncaught':
      if (holdsErrors(problem.error))
        return t('To handle it, write except* {0}: around the async with.', problem.error.holds[0].type);
      return t('The traceback is in the output.');
    case 'handler':
      return t('The traceback is in the output.');
    case 'tracer':
      return '';
  }
}

/** What to write where the coroutine was made: `await` is refused outside of coroutines. */
function neverAwaitedAdvice(timeline: Timeline, error: ProgramError, t: Translate): string {
  const name = coroutineNamed(error.message) || '…';
  const place = timeline.sites[error.site]?.code;
  if (error.told !== 'made' || !place)
    return t('Write await {0}(…) in a coroutine, or asyncio.run({0}(…)) where no event loop is running.', name);
  const isPlace = (code: Code | undefined) =>
    code?.function === place.function && code.firstLine === place.firstLine && code.file === place.file;
  if (timeline.tasks.some(({ code }) => isPlace(code)) || timeline.coroutines.some(({ code }) => isPlace(code)))
    return t('Write await {0}(…), or asyncio.create_task({0}(…)) to run it concurrently.', name);
  if (place.function === '<module>')
    return t(
      'Write asyncio.run({0}(…)): outside of functions no event loop is running, and Python refuses await.',
      name,
    );
  return t(
    'A plain function cannot await: make it async def and write await {0}(…). Where an event loop is running, asyncio.create_task({0}(…)) runs it too; where none is, asyncio.run({0}(…)).',
    name,
  );
}

/** It was awaited through shield(), and that await is over. */
function wasShielded({ waits }: Timeline, task: number): boolean {
  return waits.some((wait) => wait?.kind === 'shield' && wait.fields.task === task);
}

/** It was kept and awaited, together with another one that failed. */
function wasLeftByGather({ waits, tasks }: Timeline, task: number): boolean {
  return waits.some((wait) => {
    const members = wait?.kind === 'gather' ? wait.fields.members : undefined;
    return (
      members?.includes(task) && tasks.some(({ id, outcome }) => outcome.kind === 'exception' && members.includes(id))
    );
  });
}

function coroutineNamed(message: string): string {
  return shortName(/coroutine '([^']+)'/.exec(message)?.[1] ?? '').replace(/^.*\./, '');
}

function whoOf({ tasks }: Timeline, { task }: Problem, t: Translate): string {
  const found = tasks[taskIndex(tasks, task)];
  return found ? taskTitle(found) : t('The program');
}
