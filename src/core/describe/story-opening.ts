import {
  type Cancellation,
  cancellationAt,
  cancellationOf,
  cancelledRow,
  isToldOfCancellation,
} from '../causes/cancellations';
import { waitSite } from '../places/chain';
import { Flag, State, type Task, type Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import { causeKinds } from '../trace/records';
import type { Translate } from '../translate';
import { durationWords, type Seconds } from '../units';
import { taskTitle } from '../words/tasks';
import { waitText } from '../words/waits';
import { cancellerWords } from '../words/wakes';
import { MOST_NAMED, short } from './story-names';

/** A wait for a turn that is shorter than this is not worth a word. */
const WORTH_TELLING: Seconds = 0.01;
const CANCEL = causeKinds.indexOf('cancel');

/** How a step of a task came about. */
export function openingText(timeline: Timeline, task: Task, row: number, t: Translate): string {
  const { segments } = timeline;
  const who = taskTitle(task);
  if (segments.flags[row] & Flag.eager) return t('{0} runs at once, inside the step that creates it.', who);
  const ready = row > task.first && segments.state[row - 1] === State.ready ? row - 1 : undefined;
  const before = (ready ?? row) - 1;
  if (task.unbegun) {
    const by = cancellationOf(timeline, task);
    return by.kind === 'unknown'
      ? t('{0} was cancelled before its first step: none of its code runs.', who)
      : t(
          '{0} was cancelled by {1} before its first step: none of its code runs.',
          who,
          cancellerWords(timeline, by, t),
        );
  }
  const first = before < task.first || segments.state[before] !== State.suspended;
  return [first ? t('{0} starts.', who) : resumedText(timeline, task, before, ready, t), lateText(timeline, ready, t)]
    .filter((clause) => clause !== '')
    .join(' ');
}

function lateText({ segments }: Timeline, ready: number | undefined, t: Translate): string {
  const waited = ready === undefined ? 0 : segments.end[ready] - segments.start[ready];
  return waited >= WORTH_TELLING ? t('It was ready for {0} before it got its turn.', durationWords(waited, t)) : '';
}

/** @param before row of the wait that ended @param ready row of the wait for the turn, if there was one */
function resumedText(timeline: Timeline, task: Task, before: number, ready: number | undefined, t: Translate): string {
  const { segments, tasks, waits } = timeline;
  const who = taskTitle(task);
  const what = waitText(timeline, before, t);
  if (ready !== undefined && isToldOfCancellation(timeline, ready))
    return t('{0} resumes: {1}, which it awaited, was cancelled.', who, wakerName(timeline, ready));
  const canceller = ready === undefined ? undefined : cancelledWhileReady(timeline, task, ready);
  if (canceller)
    return t(
      '{0} resumes with CancelledError: it was ready again after {1} when it was cancelled by {2}.',
      who,
      what,
      cancellerWords(timeline, canceller, t),
    );
  if (ready !== undefined && segments.cause[ready] === CANCEL) {
    const by = cancellationAt(timeline, ready);
    // Nothing else tells of a signal that the task sent to itself.
    if (by.kind === 'interrupt' && segments.about[ready] === task.id)
      return t(
        '{0} resumes with CancelledError: it awaited {1} when it was cancelled by {2}.',
        who,
        what,
        cancellerWords(timeline, by, t),
      );
    return t('{0} resumes with CancelledError: it was cancelled while it awaited {1}.', who, what);
  }
  const failed = ready === undefined ? undefined : failedInGather(timeline, before, ready);
  if (failed) return gatherText(timeline, who, before, failed, t);
  const wait = waits[segments.about[before]];
  const delay = wait?.fields.delay;
  if (wait?.kind === 'sleep' && typeof delay === 'number')
    return t('{0} resumes after its sleep of {1}.', who, durationWords(delay, t));
  if (
    wait?.kind === 'gather' &&
    wait.fields.members?.every((id) => tasks[taskIndex(tasks, id)]?.outcome.kind === 'result')
  )
    return t('{0} resumes: all tasks of its gather have finished.', who);
  return t('{0} resumes after {1}.', who, what);
}

/** In the last step of a task that `cancel()` was called on when it was ready already: who did. */
function cancelledWhileReady(timeline: Timeline, task: Task, ready: number): Cancellation | undefined {
  const { outcome, first, count } = task;
  if (outcome.kind !== 'cancelled' || !outcome.asked || ready + 2 < first + count) return undefined;
  return cancelledRow(timeline, task) === undefined ? cancellationOf(timeline, task) : undefined;
}

function wakerName({ segments, tasks }: Timeline, ready: number): string {
  const waker = tasks[taskIndex(tasks, segments.about[ready])];
  return waker ? taskTitle(waker) : '?';
}

interface FailedGather {
  readonly task: Task;
  /** Those that had not ended when it failed. */
  readonly others: readonly Task[];
}

/** A gather that ended before all of its tasks did: the one that failed. With return_exceptions=True it would have waited for all. */
function failedInGather({ segments, tasks, waits }: Timeline, before: number, ready: number): FailedGather | undefined {
  const wait = waits[segments.about[before]];
  if (wait?.kind !== 'gather') return undefined;
  const members = (wait.fields.members ?? []).map((id) => tasks[taskIndex(tasks, id)]).filter((task) => task);
  const task = members.find(({ id, outcome }) => id === segments.about[ready] && outcome.kind === 'exception');
  if (!task) return undefined;
  const last = (one: Task) => segments.endStep[one.first + one.count - 1];
  const others = members.filter((one) => one.id !== task.id && last(one) > segments.startStep[ready]);
  return others.length > 0 ? { task, others } : undefined;
}

function gatherText(
  timeline: Timeline,
  who: string,
  before: number,
  { task, others }: FailedGather,
  t: Translate,
): string {
  const line = waitSite(timeline, before)?.line;
  const error = task.outcome.kind === 'exception' ? short(task.outcome.text) : '';
  const shown = others.slice(0, MOST_NAMED).map(taskTitle).join(', ');
  const rest = others.length > MOST_NAMED ? t('{0} and {1} more', shown, others.length - MOST_NAMED) : shown;
  return [
    line === undefined
      ? t('{0} resumes: {1} failed, so gather raises {2}.', who, taskTitle(task), error)
      : t('{0} resumes: {1} failed, so gather raises {2} at line {3}.', who, taskTitle(task), error, line),
    others.length === 1
      ? t('{0} keeps running: gather cancels nothing.', rest)
      : t('{0} keep running: gather cancels nothing.', rest),
  ].join(' ');
}
