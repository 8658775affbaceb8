import type { Lanes } from '../lanes/lanes';
import { State, type Task, type Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration, type Seconds } from '../units';
import { oneLine } from '../words/labels';
import { outcomeWords } from '../words/tasks';
import { type Measures, measured, measureNames } from './compare';
import type { Ghost } from './ghost';

/** Differences of two runs, in words. */

/** Whether two durations differ in the digits that are shown. */
export function differs(before: Seconds, after: Seconds): boolean {
  return formatDuration(before) !== formatDuration(after);
}

/** `2 s → 5 s (+3 s)`, or one figure where they are the same. */
export function change(before: Seconds, after: Seconds): string {
  if (!differs(before, after)) return formatDuration(before);
  return `${from(formatDuration(before), formatDuration(after))} (${signed(after - before, formatDuration)})`;
}

export function from(before: string, after: string): string {
  return before === after ? before : `${before} → ${after}`;
}

/** `+3 s`, `−300 ms` */
function signed(more: number, text: (size: number) => string): string {
  return `${more > 0 ? '+' : '−'}${text(Math.abs(more))}`;
}

export function measureWord(name: keyof Measures, t: Translate): string {
  switch (name) {
    case 'took':
      return t('took');
    case 'running':
      return t('running');
    case 'ready':
      return t('ready');
    case 'suspended':
      return t('suspended');
  }
}

/** How much longer it took: `+3 s`, `−300 ms`, or that it took the same time. */
export function moreOrLess(before: Seconds, after: Seconds, t: Translate): string {
  return differs(before, after) ? signed(after - before, formatDuration) : t('same');
}

/** The same for a task of both runs. */
export function differenceText({ lanes: older }: Ghost, lanes: Lanes, before: number, now: number, t: Translate) {
  const [was, is] = [older.timeline.tasks[before], lanes.timeline.tasks[now]];
  // How long a pending task would have taken is unknown.
  if (was.outcome.kind === 'pending' || is.outcome.kind === 'pending') return t('pending');
  return moreOrLess(was.ended - was.created, is.ended - is.created, t);
}

/** A value of both runs, side by side. */
export interface Difference {
  readonly term: string;
  readonly before: string;
  readonly now: string;
  readonly difference: string;
}

/** The values of a task in both runs; `undefined` for the run that did not have it. */
export function differencesOf(
  was: readonly [Timeline, Task] | undefined,
  is: readonly [Timeline, Task] | undefined,
  t: Translate,
): Difference[] {
  const [before, now] = [was, is].map((side) => side && measured(...side));
  const none = '–';
  const rows: Difference[] = measureNames.map((name) => ({
    term: measureWord(name, t),
    before: before ? formatDuration(before[name]) : none,
    now: now ? formatDuration(now[name]) : none,
    difference: before && now ? moreOrLess(before[name], now[name], t) : none,
  }));
  const turns = [was, is].map((side) => side && turnsOf(...side));
  const [some, others] = turns;
  rows.push({
    term: t('turns'),
    before: some === undefined ? none : String(some),
    now: others === undefined ? none : String(others),
    difference:
      some === undefined || others === undefined ? none : some === others ? t('same') : signed(others - some, String),
  });
  const outcomes = [was, is].map((side) => (side ? oneLine(outcomeWords(side[1], t)) : none));
  rows.push({
    term: t('outcome'),
    before: outcomes[0],
    now: outcomes[1],
    difference: !was || !is ? none : outcomes[0] === outcomes[1] ? t('same') : t('other'),
  });
  return rows;
}

/** Number of turns of a task. */
export function turnsOf({ segments }: Timeline, { first, count }: Task): number {
  let turns = 0;
  for (let row = first; row < first + count; row++) if (segments.state[row] === State.running) turns++;
  return turns;
}

/** Both runs as a whole: `2 s → 5 s (+3 s)`. */
export function wholeText({ lanes: { timeline } }: Ghost, lanes: Lanes): string {
  return change(timeline.duration, lanes.timeline.duration);
}
