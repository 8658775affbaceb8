import type { Lanes } from '../lanes/lanes';
import { chainOf, waitSite } from '../places/chain';
import { holdOfSegment } from '../timeline/holds';
import { Flag, type Hold, State, type Task, type Timeline } from '../timeline/model';
import { causeKinds } from '../trace/records';
import type { Translate } from '../translate';
import { durationWords, type Seconds } from '../units';
import { placedCall } from '../words/holds';
import { shortName } from '../words/names';
import { waitText } from '../words/waits';
import { callerOf, isFirstWait, ranThrough } from './story-control';
import { isCancelling, readyText } from './story-loop';
import { namesOf, short } from './story-names';
import { openingText } from './story-opening';
import { saidIn } from './story-output';

/** Sentences about one step of a task: why it ran, what it did, and where control went. */

/** The length of shorter steps is left out. */
const WORTH_TELLING: Seconds = 0.01;
const CREATED = causeKinds.indexOf('created');

export function stepText(lanes: Lanes, row: number, turn: number, woken: readonly number[], t: Translate): string {
  const { timeline } = lanes;
  const { segments, tasks } = timeline;
  const task = tasks[segments.task[row]];
  const own = woken.filter((ready) => segments.about[ready] === task.id && segments.task[ready] !== segments.task[row]);
  const made = own.filter((ready) => segments.cause[ready] === CREATED);
  const cancelled = own.filter((ready) => isCancelling(timeline, ready));
  const others = own.filter((ready) => segments.cause[ready] !== CREATED && !cancelled.includes(ready));
  // Of these the task that ended has no place any more: what woke them is its end.
  const byEnd = others.filter((ready) => segments.site[ready] === 0);
  const during = others.filter((ready) => segments.site[ready] !== 0);
  const duration = segments.end[row] - segments.start[row];
  return [
    openingText(timeline, task, row, t),
    duration >= WORTH_TELLING ? holdText(timeline, holdOfSegment(timeline, row), duration, t) : '',
    ...byGroup(timeline, made).map((rows) => madeText(timeline, rows, t)),
    ...saidIn(timeline, task.id, turn, t),
    ...ranThrough(timeline, task, turn).map(({ code, line }) => throughText(shortName(code.function), line, t)),
    cancelled.length > 0
      ? t('It cancels {0}: CancelledError is raised there when that task runs next.', namesOf(timeline, cancelled, t))
      : '',
    during.length > 0 ? t('That wakes {0}.', namesOf(timeline, during, t)) : '',
    closingText(timeline, task, row, t),
    byEnd.length > 0 ? t('Its end wakes {0}.', namesOf(timeline, byEnd, t)) : '',
    segments.flags[row] & Flag.eager ? '' : readyText(lanes, task.loop, turn, t),
  ]
    .filter((clause) => clause !== '')
    .join(' ');
}

/** How long a turn blocked the loop, and in which call. */
export function holdText(timeline: Timeline, hold: Hold | undefined, duration: Seconds, t: Translate): string {
  const length = durationWords(duration, t);
  return hold && hold.site !== 0
    ? t('It blocks the event loop for {0} at {1}: nothing else can run.', length, placedCall(timeline, hold.site, t))
    : t('It blocks the event loop for {0}: nothing else can run.', length);
}

/** Tasks that one `gather()` created share a sentence, separate from other tasks. */
function byGroup({ segments, tasks }: Timeline, made: readonly number[]): number[][] {
  const groups = new Map<number, number[]>();
  for (const row of made) {
    const { group } = tasks[segments.task[row]];
    const id = group?.kind === 'gather' ? group.id : 0;
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  return [...groups.values()];
}

function madeText(timeline: Timeline, made: readonly number[], t: Translate): string {
  const { segments, tasks } = timeline;
  const names = namesOf(timeline, made, t);
  const [group] = made.map((row) => tasks[segments.task[row]].group);
  if (group?.kind === 'gather' && made.every((row) => tasks[segments.task[row]].group?.id === group.id))
    return made.length === 1
      ? t('gather creates {0} and puts it at the end of the ready queue. It has not started yet.', names)
      : t('gather creates {0} and puts them at the end of the ready queue. None of them has started yet.', names);
  return made.length === 1
    ? t('It creates {0} and puts it at the end of the ready queue. It has not started yet.', names)
    : t('It creates {0} and puts them at the end of the ready queue. None of them has started yet.', names);
}

function throughText(name: string, line: number | undefined, t: Translate): string {
  return line === undefined
    ? t('await {0} runs to its end without suspending: no other task gets a turn.', `${name}()`)
    : t('await {0} at line {1} runs to its end without suspending: no other task gets a turn.', `${name}()`, line);
}

/** How the step ended. */
function closingText(timeline: Timeline, { first, count, outcome }: Task, row: number, t: Translate): string {
  const { segments } = timeline;
  const next = row + 1;
  if (next < first + count) {
    if (segments.state[next] !== State.suspended) return t('It hands control back to the event loop.');
    return awaitText(timeline, next, t);
  }
  if (segments.flags[row] & Flag.open) return t('The recording ends in this step.');
  if (outcome.kind === 'exception') return t('It fails with {0}.', short(outcome.text));
  if (outcome.kind === 'cancelled') return t('It ends, cancelled.');
  if (outcome.kind === 'pending') return '';
  return outcome.text === '' || outcome.text === 'None'
    ? t('It ends.')
    : t('It returns {0} and ends.', short(outcome.text));
}

/** What the task awaits. At the first wait of a function, also where control goes and what happens to its caller. */
function awaitText(timeline: Timeline, row: number, t: Translate): string {
  const what = awaitedText(timeline, row, t);
  const site = waitSite(timeline, row);
  const line = site?.code.user ? site.line : undefined;
  if (!isFirstWait(timeline, row))
    return line === undefined
      ? t('It awaits {0} and hands control back to the event loop.', what)
      : t('At line {0} it awaits {1} and hands control back to the event loop.', line, what);
  const caller = callerOf(timeline, row);
  const wait = timeline.waits[timeline.segments.about[row]];
  const timer =
    wait?.kind === 'sleep' && typeof wait.fields.delay === 'number' && wait.fields.delay > 0
      ? t('That sets a timer and creates no task.')
      : '';
  const where =
    line === undefined
      ? t('It awaits {0} and is suspended.', what)
      : t('At line {0} it awaits {1} and is suspended.', line, what);
  const control =
    caller === ''
      ? t('Control goes to the event loop.')
      : t('Control goes to the event loop, not to {0}.', `${caller}()`);
  return [insideText(timeline, row, t), where, timer, control].filter((clause) => clause !== '').join(' ');
}

/** A coroutine that the task awaits and runs itself: no task is created for it, and its caller waits. */
function insideText(timeline: Timeline, row: number, t: Translate): string {
  const [inner, outer] = chainOf(timeline, timeline.segments.site[row])
    .filter(({ code }) => code.user)
    .reverse();
  if (!outer || inner.code.kind !== 'coroutine' || outer.role !== undefined) return '';
  return t(
    'await {0} at line {1} runs it in this same task and creates no other: the next line runs when it has finished.',
    `${shortName(inner.code.function)}()`,
    outer.line,
  );
}

/** What it awaits, as it is written: `sleep(1)`; else what it waits for. */
function awaitedText(timeline: Timeline, row: number, t: Translate): string {
  const wait = timeline.waits[timeline.segments.about[row]];
  const { delay, change } = wait?.fields ?? {};
  return wait?.kind === 'sleep' && typeof delay === 'number' && change === undefined && wait.label.startsWith('sleep ')
    ? `sleep(${delay})`
    : waitText(timeline, row, t);
}
