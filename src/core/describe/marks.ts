import { type Limit, limitsOf } from '../axis/limits';
import type { Lanes } from '../lanes/lanes';
import { userSite } from '../places/chain';
import type { ProgramError } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { linkTo } from '../words/places';
import { taskTitle } from '../words/tasks';
import type { Description, Fact } from './facts';

/** Describes a mark on a lane. */

/** `2 s: ran out`, `2 s: 900 ms were left`. */
export function limitText({ set, due, over, expired }: Limit, t: Translate): string {
  const length = formatDuration(due.time - set.time);
  if (expired) return t('{0}, ran out', length);
  if (!over) return t('{0}, still running when the recording ends', length);
  return t('{0}, done with {1} left', length, formatDuration(Math.max(0, due.time - over.time)));
}

export function describeLimit(lanes: Lanes, index: number, t: Translate): Description {
  const limit = limitsOf(lanes).list[index];
  const { task, set, due } = limit;
  const facts: Fact[] = [
    { term: t('Task'), text: taskTitle(lanes.timeline.tasks[task]), link: { kind: 'task', task } },
    { term: t('Time limit'), text: limitText(limit, t) },
    { term: t('Set at'), text: formatDuration(set.time) },
    { term: t('Due at'), text: formatDuration(due.time) },
  ];
  const title = limit.expired ? t('Time limit · ran out') : t('Time limit · kept');
  return { title, facts, source: undefined, chain: [] };
}

/** Facts of a task: its time limits, the nearest first. */
export function limitFacts(lanes: Lanes, task: number, t: Translate): Fact[] {
  const { list, ofTask } = limitsOf(lanes);
  const own = (ofTask.get(task) ?? []).map((i) => list[i]);
  const left = ({ due, over, expired }: Limit) => (expired ? 0 : due.time - (over?.time ?? due.time));
  const nearest = [...own].sort((a, b) => left(a) - left(b)).slice(0, MOST_LIMITS);
  const facts = nearest.map((limit) => ({ term: t('Time limit'), text: limitText(limit, t) }));
  const more = own.length - facts.length;
  return more > 0 ? [...facts, { term: t('Time limit'), text: t('{0} more', more) }] : facts;
}

const MOST_LIMITS = 3;

export function describeError(lanes: Lanes, index: number, t: Translate): Description {
  const { timeline } = lanes;
  const error = timeline.errors[index];
  const task = lanes.indexOf.get(error.task);
  const facts: Fact[] = [{ term: t('Time'), text: formatDuration(error.time) }];
  if (task !== undefined)
    facts.push({ term: t('Task'), text: taskTitle(timeline.tasks[task]), link: { kind: 'task', task } });
  facts.push({ term: t('Message'), text: error.message === '' ? error.type : `${error.type}: ${error.message}` });
  const site = userSite(timeline, error.site);
  if (site) facts.push({ term: t('At'), text: '', link: linkTo(site) });
  return { title: errorTitle(error, t), facts, source: site && linkTo(site), chain: [] };
}

export function errorTitle({ kind }: ProgramError, t: Translate): string {
  switch (kind) {
    case 'never-awaited':
      return t('Coroutine never awaited');
    case 'never-retrieved':
      return t('Exception that nobody noticed');
    case 'awaited-twice':
      return t('Coroutine awaited again');
    case 'handler':
      return t('Problem reported to the loop');
    case 'tracer':
      return t('Coroscope could not record the rest');
    case 'uncaught':
      return t('Exception that ended the program');
  }
}
