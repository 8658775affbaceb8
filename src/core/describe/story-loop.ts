import { cancellationAt, cancelledRow, isToldOfCancellation } from '../causes/cancellations';
import { readyInVain } from '../causes/not-woken';
import { wakeReason } from '../causes/wakes';
import type { Lanes } from '../lanes/lanes';
import { State, type Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import { causeKinds } from '../trace/records';
import type { Translate } from '../translate';
import { durationWords, type Seconds } from '../units';
import { taskTitle } from '../words/tasks';
import { throughWords, wakerWords } from '../words/wakes';
import { readyAfter, sleepsAfter } from './ready-queue';
import { isAsyncioRun } from './story-ends';
import { MOST_NAMED, namesOf } from './story-names';

/** Sentences about the event loop itself: idle waits, callbacks, what is ready and what is due. */

const CANCEL = causeKinds.indexOf('cancel');
const CREATED = causeKinds.indexOf('created');
/** More moments at which sleeps are due are only counted. */
const MOST_DUE = 3;
const SAME: Seconds = 1e-6;

/** Whether a ready segment begins because the task itself was cancelled, not only what it awaits. */
export function isCancelling(timeline: Timeline, row: number): boolean {
  return timeline.segments.cause[row] === CANCEL && !isToldOfCancellation(timeline, row);
}

/** An idle wait: nothing is ready, which timers are set, and how far the clock moves. */
export function idleText(lanes: Lanes, loop: number, turn: number, start: Seconds, end: Seconds, t: Translate): string {
  const { timeline } = lanes;
  const { meta, segments, tasks } = timeline;
  const length = durationWords(end - start, t);
  const row = readyInVain(timeline, start, end);
  if (row !== undefined)
    return t(
      'The event loop sleeps for {0}. {1} is ready after {2} of that: another thread made it so, which does not wake the event loop.',
      length,
      taskTitle(tasks[segments.task[row]]),
      durationWords(segments.start[row] - start, t),
    );
  const sleeps = [...sleepsAfter(lanes, loop, turn - 1)];
  const first = sleeps[0]?.[0];
  const toFirst = first !== undefined && Math.abs(first - end) <= SAME;
  return [
    t('No task is ready.'),
    dueText(timeline, sleeps, t),
    meta.clock === 'virtual'
      ? toFirst
        ? t('The virtual clock jumps ahead by {0}, to the first of them.', length)
        : t('The virtual clock jumps ahead by {0}.', length)
      : t('The event loop waits for {0}.', length),
  ]
    .filter((clause) => clause !== '')
    .join(' ');
}

/** `Due: at 1 s count(1); at 2 s count(2), main2().` */
function dueText(timeline: Timeline, sleeps: readonly (readonly [Seconds, number[]])[], t: Translate): string {
  if (sleeps.length === 0) return '';
  const shown = sleeps
    .slice(0, MOST_DUE)
    .map(([time, rows]) => t('at {0} {1}', durationWords(time, t), namesOf(timeline, rows, t)));
  if (sleeps.length > MOST_DUE) shown.push(t('{0} later', sleeps.length - MOST_DUE));
  return t('Due: {0}.', shown.join('; '));
}

/** `Ready now: count(1), count(2).` Empty where there is none. */
export function readyText(lanes: Lanes, loop: number, turn: number, t: Translate): string {
  const rows = readyAfter(lanes, loop, turn);
  if (rows.length === 0) return '';
  const shown = rows.slice(0, MOST_NAMED + 1);
  const names = namesOf(lanes.timeline, shown.length > MOST_NAMED ? rows : shown, t);
  return t('Ready now: {0}.', names);
}

/** What a callback did: which tasks it woke or cancelled, and why. */
export function wakesText(timeline: Timeline, woken: readonly number[], t: Translate): string {
  const { segments, tasks } = timeline;
  const cancelled = woken.filter((row) => isCancelling(timeline, row));
  const others = woken.filter((row) => !cancelled.includes(row));
  return [cancelled, others]
    .filter((rows) => rows.length > 0)
    .map((rows) => {
      const reason = wakeReason(timeline, rows[0]);
      const through = throughWords(reason, t);
      const by = wakerWords(timeline, reason, t);
      const who = namesOf(timeline, rows, t);
      if (rows === cancelled) {
        const loop = tasks[segments.task[rows[0]]].loop;
        if (reason.cancelled?.kind === 'outside' && isAsyncioRun(timeline, loop)) return leftText(timeline, rows[0], t);
        return rows.length === 1 ? t('{0} is cancelled by {1}.', who, by) : t('{0} are cancelled by {1}.', who, by);
      }
      if (segments.cause[rows[0]] === CREATED) return t('{0} is created and put in the ready queue.', who);
      const own = reason.timer > 0 && rows.every((row) => tasks[segments.task[row]].id === reason.timer);
      if (own) return t('The timer of {0} is due: the event loop puts it in the ready queue.', who);
      const gathered = gatheredText(timeline, rows, who, t);
      if (gathered !== '') return gathered;
      return through === ''
        ? t('{0} is ready again, woken by {1}.', who, by)
        : t('{0} is ready again, woken by {1} through {2}.', who, by, through);
    })
    .join(' ');
}

/** At the end of asyncio.run() all are cancelled at once, though each becomes ready a turn after the other. */
function leftText(timeline: Timeline, row: number, t: Translate): string {
  const { segments, tasks } = timeline;
  const { loop } = tasks[segments.task[row]];
  const rows = tasks.flatMap((task) => {
    const own = task.loop === loop ? cancelledRow(timeline, task) : undefined;
    const outside = own !== undefined && segments.task[own] === taskIndex(tasks, task.id);
    return outside && cancellationAt(timeline, own).kind === 'outside' && segments.start[own] === segments.start[row]
      ? [own]
      : [];
  });
  const who = namesOf(timeline, rows, t);
  return rows.length === 1
    ? t('The main coroutine has ended. asyncio.run() cancels the task that is left: {0}.', who)
    : t('The main coroutine has ended. asyncio.run() cancels the tasks that are left: {0}.', who);
}

/** A gather is over: because its last task has finished, or because one has failed. */
function gatheredText(
  { segments, tasks, waits }: Timeline,
  [row]: readonly number[],
  who: string,
  t: Translate,
): string {
  const first = tasks[segments.task[row]].first;
  const wait = row > first && segments.state[row - 1] === State.suspended ? waits[segments.about[row - 1]] : undefined;
  const by = tasks[taskIndex(tasks, segments.about[row])];
  if (wait?.kind !== 'gather' || !by || !wait.fields.members?.includes(by.id)) return '';
  const ended = (id: number) => {
    const task = tasks[taskIndex(tasks, id)];
    return task?.outcome.kind === 'result' && segments.endStep[task.first + task.count - 1] <= segments.startStep[row];
  };
  return wait.fields.members.every(ended)
    ? t("{0}, the last of gather's tasks, has finished. {1} is ready again.", taskTitle(by), who)
    : '';
}
