import { Flag, State, type Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { deadlockText } from '../words/deadlocks';
import { explainErrorIn } from '../words/error-loops';
import { holdAdvice, holdReason, placedCall } from '../words/holds';
import { shortName } from '../words/names';
import { taskTitle } from '../words/tasks';
import { waitText } from '../words/waits';
import { cancellerWords } from '../words/wakes';
import { deadlockAdvice, deadlockReason } from './deadlock-advice';
import { errorText, groupText, holdsErrors, neverAwaitedAdvice, OF_TASK_GROUP, timesText } from './error-words';
import type { FailedWith } from './errors';
import type { OfOwnWords, Problem } from './findings';
import { atOnceWords, busyPollWords, convoyWords, fanOutWords, sequentialWords } from './flow-words';
import { keptFailure, keptFailureWords } from './kept-failures';
import { lateTimeout } from './late-timeout';
import { outlivedWords, stillWaitingWords, swallowedWords } from './limit-words';
import { leftOpenWords, leftRunningWords, notThreadSafeWords, unseenWords } from './misuse-words';
import { waitingOutsideWords } from './outside-words';
import { ownLockWords } from './own-lock';
import type { ProblemWords } from './problem';
import { raceWords } from './race-words';
import { timedOutWords } from './timed-out-wait';
import { unfinishedAdvice } from './unfinished-advice';
import { wokenInIf, wokenInIfWords } from './woken-in-if';

/** A finding in words: what is wrong, why, and what to write instead. `t` translates them. */
export function problemWords(timeline: Timeline, problem: Problem, t: Translate): ProblemWords {
  switch (problem.kind) {
    case 'limit-ignored':
    case 'cancel-ignored':
      return swallowedWords(timeline, problem, t);
    case 'outlived-limit':
      return outlivedWords(problem, t);
    case 'still-waiting':
      return stillWaitingWords(timeline, problem, t);
    case 'waiting-outside':
      return waitingOutsideWords(timeline, problem, t);
    case 'left-running':
      return leftRunningWords(timeline, problem, t);
    case 'not-thread-safe':
      return notThreadSafeWords(timeline, problem, t);
    case 'unseen-exceptions':
      return unseenWords(problem, t);
    case 'generator-left-open':
      return leftOpenWords(timeline, problem, t);
    case 'own-lock':
      return ownLockWords(timeline, problem, t);
    case 'race':
      return raceWords(problem, t);
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

/** Kinds whose words are in this file. */
type Plain = Exclude<Problem, OfOwnWords>;

function plainWords(timeline: Timeline, problem: Plain, t: Translate): ProblemWords {
  const explained =
    'error' in problem && problem.kind !== 'never-awaited' ? explainErrorIn(timeline, problem.error, t) : undefined;
  const late =
    'error' in problem && /TimeoutError$/.test(problem.error.type) ? lateTimeout(timeline, problem.site) : undefined;
  if (late)
    return {
      title: title(timeline, problem, t),
      why: t(
        'The time limit ended the await at line {0} with CancelledError, which {1} at line {2} does not catch. Only at the end of the block with the limit it became TimeoutError.',
        late.awaited,
        late.passed.text.replace(/:$/, ''),
        late.passed.line,
      ),
      advice: t(
        'Catch TimeoutError around the block with the time limit, or put the limit inside of the try statement.',
      ),
    };
  const kept = problem.kind === 'never-retrieved' ? keptFailure(timeline, problem.task) : undefined;
  if (kept) return keptFailureWords(timeline, problem as FailedWith, kept, t);
  const woken = 'error' in problem && problem.kind !== 'handler' ? wokenInIf(timeline, problem.site) : undefined;
  if (woken) return { title: title(timeline, problem, t), ...wokenInIfWords(woken, t) };
  const waited =
    'error' in problem && /TimeoutError$/.test(problem.error.type)
      ? timedOutWords(timeline, problem.startStep, t)
      : undefined;
  return {
    title: title(timeline, problem, t),
    why: [explained?.meaning ?? why(timeline, problem, t), waited?.why].filter(Boolean).join(' '),
    advice: waited?.advice || explained?.advice || advice(timeline, problem, t),
  };
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
        durationWords(problem.cost, t),
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

/** If a call took a smaller share of a step than this, the title gives its own time: other calls blocked too. */
const MOST_OF_IT = 0.75;

/** Which task or callback blocked the event loop, for how long, and in which call. */
function heldText(
  timeline: Timeline,
  problem: Problem & { readonly kind: 'blocking' | 'long-callback' },
  who: string,
  t: Translate,
): string {
  const length = durationWords(problem.longest, t);
  const { site, times } = problem;
  if (site === 0)
    return times === 1
      ? t('{0} blocked the event loop for {1} without an await.', who, length)
      : t('{0} blocked the event loop {2} times without an await, for up to {1}.', who, length, times);
  const call = placedCall(timeline, site, t);
  const { hold } = problem;
  if (times === 1 && hold !== undefined && hold.share < MOST_OF_IT) {
    const part = durationWords(hold.share * (hold.computing + hold.blocked), t);
    return t('{0} blocked the event loop for {1}, {3} of it at {2}', who, length, call, part);
  }
  return times === 1
    ? t('{0} blocked the event loop for {1} at {2}', who, length, call)
    : t('{0} blocked the event loop {2} times, for up to {1}, at {3}', who, length, times, call);
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

/** Explains a task that was not waiting when the program ended or when it was cancelled. */
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
    ? t('Another task was ready and had to wait {0} for its turn.', durationWords(cost, t))
    : t('Other tasks were ready and had to wait {0} in all.', durationWords(cost, t));
}

function advice(timeline: Timeline, problem: Plain, t: Translate): string {
  switch (problem.kind) {
    case 'deadlock':
      return deadlockAdvice(timeline, problem.finding, t);
    case 'blocking':
      return neverEnded(timeline, problem)
        ? t(
            'This step had not ended when the program was stopped. A loop that waits for a change has to await in it, since nothing else can run and change anything meanwhile: await queue.get() or await event.wait(), or at least await asyncio.sleep(0). A long calculation belongs in a thread: await asyncio.to_thread(…).',
          )
        : holdAdvice(timeline, problem.hold, t);
    case 'long-callback':
      return t('Keep callbacks short: create a task in them, or run blocking code in a thread.');
    case 'not-woken':
      return t(
        'In another thread write loop.call_soon_threadsafe(future.set_result, value), which also wakes the loop.',
      );
    case 'unfinished':
      return unfinishedAdvice(timeline, problem, t);
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
        return t(
          'To handle it, put the async with into try: and write except* {0}: below.',
          problem.error.holds[0].type,
        );
      return t('The traceback is in the output.');
    case 'handler':
      return t('The traceback is in the output.');
    case 'tracer':
      return '';
  }
}

/** Whether a step was computing until the run was stopped. */
function neverEnded(
  { truncated, segments }: Timeline,
  { segment, hold }: Problem & { readonly kind: 'blocking' },
): boolean {
  const computes = hold === undefined || hold.blocked <= hold.computing;
  return truncated !== undefined && computes && segment !== undefined && (segments.flags[segment] & Flag.open) !== 0;
}

function whoOf({ tasks }: Timeline, { task }: Problem, t: Translate): string {
  const found = tasks[taskIndex(tasks, task)];
  return found ? taskTitle(found) : t('The program');
}
