import { isToldOfCancellation } from '../causes/cancellations';
import { readyInVain } from '../causes/not-woken';
import { wakeReason } from '../causes/wakes';
import type { Lanes } from '../lanes/lanes';
import { waitSite } from '../places/chain';
import { firstWhere } from '../sorted';
import { holdOfSegment } from '../timeline/holds';
import { LoopKind } from '../timeline/loop-entries';
import { Flag, State, type Task, type Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import { wokenAt } from '../timeline/ties';
import { causeKinds } from '../trace/records';
import type { Translate } from '../translate';
import { formatDuration, type Seconds } from '../units';
import { deadlockText, stopMessage } from '../words/deadlocks';
import { placedCall } from '../words/holds';
import { oneLine } from '../words/labels';
import { linkTo, type SourceLink } from '../words/places';
import { taskTitle } from '../words/tasks';
import { waitText } from '../words/waits';
import { throughWords, wakerWords } from '../words/wakes';
import { sourceOf } from './describe';
import { type Sentence, type Story, wokenIn } from './story';

/** A sentence of the story in the reader's language. Each clause is a sentence of its own, so that no language has to bend to another's order. */
export function sentenceText(lanes: Lanes, story: Story, sentence: Sentence, t: Translate): string {
  const { timeline, loop } = lanes;
  if (sentence.kind === 'deadlock') return deadlockText(timeline, sentence.finding, t);
  if (sentence.kind === 'end') return endText(timeline, t);
  if (sentence.kind === 'tie')
    return t(
      'Due at one instant, by timers that were set at different moments: {0}. In reality either may come first.',
      names(timeline, wokenAt(timeline, sentence.tie), t),
    );
  if (sentence.kind === 'time-given') {
    const { start, end, turns } = sentence.given;
    return t(
      'The loop never waits: its last {1} turns are given {0} of virtual time.',
      formatDuration(end - start),
      turns,
    );
  }
  const { entry, step } = sentence;
  const woken = [...wokenIn(story.woken, step)].filter((row) => !lanes.library.has(timeline.segments.task[row]));
  if (loop.kind[entry] === LoopKind.idle) return idleText(timeline, loop.start[entry], loop.end[entry], t);
  if (loop.kind[entry] === LoopKind.callback)
    return woken.length > 0 ? wakesText(timeline, woken, t) : callbackText(timeline, loop.ref[entry], step, t);
  return stepText(timeline, loop.ref[entry], step, woken, t);
}

/** The line that a sentence is about. */
export function sentenceSource({ timeline, loop }: Lanes, sentence: Sentence): SourceLink | undefined {
  if (sentence.kind !== 'turn' || loop.kind[sentence.entry] !== LoopKind.step) return undefined;
  const row = loop.ref[sentence.entry];
  const { segments, tasks } = timeline;
  const task = tasks[segments.task[row]];
  if (holdOfSegment(timeline, row)?.site) return sourceOf(timeline, row);
  const next = row + 1 < task.first + task.count ? row + 1 : row;
  const site = segments.state[next] === State.suspended ? waitSite(timeline, next) : undefined;
  return site ? linkTo(site) : sourceOf(timeline, next);
}

/** More lanes than these in one sentence are only counted. */
const MOST_NAMED = 3;
/** A wait or a step that is shorter than this is not worth a word. */
const WORTH_TELLING = 0.01;

const CANCEL = causeKinds.indexOf('cancel');
const CREATED = causeKinds.indexOf('created');

function idleText(timeline: Timeline, start: Seconds, end: Seconds, t: Translate): string {
  const { meta, segments, tasks } = timeline;
  const length = formatDuration(end - start);
  const row = readyInVain(timeline, start, end);
  if (row !== undefined)
    return t(
      'The loop sleeps for {0}. {1} is ready after {2} of that: another thread made it so, which does not wake the loop.',
      length,
      taskTitle(tasks[segments.task[row]]),
      formatDuration(segments.start[row] - start),
    );
  return meta.clock === 'virtual'
    ? t('No task is ready: the virtual clock jumps {0} ahead.', length)
    : t('No task is ready: the loop sleeps for {0}.', length);
}

function endText(timeline: Timeline, t: Translate): string {
  if (timeline.truncated) return stopMessage(timeline, t);
  const time = formatDuration(timeline.duration);
  return timeline.exit
    ? t('The program ends after {0}, with exit code {1}.', time, timeline.exit)
    : t('The program ends after {0}.', time);
}

/** What a callback did: whom it woke or cancelled, and why. */
function wakesText(timeline: Timeline, woken: readonly number[], t: Translate): string {
  const { segments } = timeline;
  const isCancelled = (row: number) => segments.cause[row] === CANCEL && !isToldOfCancellation(timeline, row);
  const cancelled = woken.filter(isCancelled);
  const others = woken.filter((row) => !isCancelled(row));
  return [cancelled, others]
    .filter((rows) => rows.length > 0)
    .map((rows) => {
      const reason = wakeReason(timeline, rows[0]);
      const through = throughWords(reason, t);
      const by = wakerWords(timeline, reason, t);
      const who = names(timeline, rows, t);
      if (rows === cancelled) return t('{0} is cancelled: by {1}.', who, by);
      if (segments.cause[rows[0]] === CREATED) return t('{0} is made and ready.', who);
      return through === ''
        ? t('{0} is ready again: woken by {1}.', who, by)
        : t('{0} is ready again: woken by {1}, through {2}.', who, by, through);
    })
    .join(' ');
}

/** What a callback did that woke nobody. */
function callbackText(timeline: Timeline, index: number, step: number, t: Translate): string {
  return [t('The event loop calls {0}.', timeline.callbacks[index].name), ...saidIn(timeline, 0, step, t)].join(' ');
}

function stepText(timeline: Timeline, row: number, step: number, woken: readonly number[], t: Translate): string {
  const { segments, tasks } = timeline;
  const task = tasks[segments.task[row]];
  const own = woken.filter((ready) => segments.about[ready] === task.id && segments.task[ready] !== segments.task[row]);
  const made = own.filter((ready) => segments.cause[ready] === CREATED);
  const isCancelled = (ready: number) => segments.cause[ready] === CANCEL && !isToldOfCancellation(timeline, ready);
  const cancelled = own.filter(isCancelled);
  const others = own.filter((ready) => segments.cause[ready] !== CREATED && !isCancelled(ready));
  // Of these the task that ended has no place any more: what woke them is its end.
  const byEnd = others.filter((ready) => segments.site[ready] === 0);
  const during = others.filter((ready) => segments.site[ready] !== 0);
  const wakes = (rows: number[]) => (rows.length > 0 ? t('That wakes {0}.', names(timeline, rows, t)) : '');
  const duration = segments.end[row] - segments.start[row];
  return [
    openingText(timeline, task, row, t),
    duration >= WORTH_TELLING ? holdsText(timeline, row, duration, t) : '',
    made.length > 0 ? t('It makes {0}.', names(timeline, made, t)) : '',
    ...saidIn(timeline, task.id, step, t),
    cancelled.length > 0 ? t('It cancels {0}.', names(timeline, cancelled, t)) : '',
    wakes(during),
    closingText(timeline, task, row, t),
    wakes(byEnd),
  ]
    .filter((clause) => clause !== '')
    .join(' ');
}

function holdsText(timeline: Timeline, row: number, duration: Seconds, t: Translate): string {
  const hold = holdOfSegment(timeline, row);
  const length = formatDuration(duration);
  return hold && hold.site !== 0
    ? t('It holds the loop for {0} at {1}.', length, placedCall(timeline, hold.site, t))
    : t('It holds the loop for {0}.', length);
}

/** How the step came about. */
function openingText(timeline: Timeline, task: Task, row: number, t: Translate): string {
  const { segments } = timeline;
  const who = taskTitle(task);
  if (segments.flags[row] & Flag.eager) return t('{0} runs at once, inside the step that makes it.', who);
  const ready = row > task.first && segments.state[row - 1] === State.ready ? row - 1 : undefined;
  const waited = ready === undefined ? 0 : segments.end[ready] - segments.start[ready];
  const late =
    waited >= WORTH_TELLING ? ` ${t('It was ready for {0} before it got its turn.', formatDuration(waited))}` : '';
  const before = (ready ?? row) - 1;
  if (before < task.first || segments.state[before] !== State.suspended)
    return (
      (before < task.first && task.parent === 0 ? t('The event loop starts {0}.', who) : t('{0} begins.', who)) + late
    );
  const what = waitText(timeline, before, t);
  if (ready !== undefined && isToldOfCancellation(timeline, ready))
    return t('{0} goes on: {1}, which it waited for, was cancelled.', who, wakerName(timeline, ready)) + late;
  if (ready !== undefined && segments.cause[ready] === CANCEL)
    return t('{0} goes on: it was cancelled while it awaited {1}.', who, what) + late;
  return t('{0} goes on after {1}.', who, what) + late;
}

function wakerName({ segments, tasks }: Timeline, ready: number): string {
  const waker = tasks[taskIndex(tasks, segments.about[ready])];
  return waker ? taskTitle(waker) : '?';
}

/** How the step ended. */
function closingText(timeline: Timeline, { first, count, outcome }: Task, row: number, t: Translate): string {
  const { segments } = timeline;
  const next = row + 1;
  if (next < first + count) {
    if (segments.state[next] !== State.suspended) return t('It gives the loop back.');
    const what = waitText(timeline, next, t);
    const line = waitSite(timeline, next)?.line;
    return line === undefined
      ? t('It awaits {0} and gives the loop back.', what)
      : t('At line {0} it awaits {1} and gives the loop back.', line, what);
  }
  if (segments.flags[row] & Flag.open) return t('The recording ends in this step.');
  if (outcome.kind === 'exception') return t('It ends: it raises {0}.', short(outcome.text));
  if (outcome.kind === 'cancelled') return t('It ends, cancelled.');
  if (outcome.kind === 'pending') return '';
  return outcome.text === '' || outcome.text === 'None'
    ? t('It ends.')
    : t('It ends and returns {0}.', short(outcome.text));
}

/** What it printed and logged in a turn. */
function saidIn({ output, logs }: Timeline, task: number, step: number, t: Translate): string[] {
  const printed = inTurn(output, step).filter((write) => write.task === task && !write.byLogging && !write.byPython);
  const text = oneLine(
    printed
      .map((write) => write.text)
      .join('')
      .trim(),
  );
  const logged = inTurn(logs, step).filter((log) => log.task === task && !log.byPython);
  return [
    ...(text === '' ? [] : [t('It prints “{0}”.', short(text))]),
    ...logged.slice(0, MOST_NAMED).map(({ level, message }) => t('It logs {0}: “{1}”.', level, short(message))),
  ];
}

function inTurn<T extends { readonly step: number }>(items: readonly T[], step: number): T[] {
  // In order of time, and so of turns; loops in several threads may mix them up, and then one or the other goes untold here.
  const from = lowerBoundBy(items, step);
  const found: T[] = [];
  for (let i = from; i < items.length && items[i].step === step; i++) found.push(items[i]);
  return found;
}

function lowerBoundBy(items: readonly { readonly step: number }[], step: number): number {
  return firstWhere(0, items.length, (i) => items[i].step >= step);
}

function names({ segments, tasks }: Timeline, rows: readonly number[], t: Translate): string {
  const each = [...new Set(rows.map((row) => tasks[segments.task[row]].name))];
  const shown = each.slice(0, MOST_NAMED).join(', ');
  return each.length > MOST_NAMED ? t('{0} and {1} more', shown, each.length - MOST_NAMED) : shown;
}

function short(text: string): string {
  const line = oneLine(text);
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
