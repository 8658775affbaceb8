import { userSite } from '../places/chain';
import type { Task, Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import { requestTitle } from '../timeline/spans';
import type { Translate } from '../translate';
import { durationWords, type Seconds } from '../units';
import { oneLine } from '../words/labels';
import { placeOf } from '../words/places';
import { taskLabel } from '../words/tasks';
import { waitLabel } from '../words/waits';
import type { CriticalPath, PathPart } from './path';
import type { WhyTarget } from './target';

/** With more stretches than this, the shortest ones share a sentence. */
const MOST_PARTS = 30;
/** Nobody reads longer sentences. */
const MOST_HOPS = 3;

/** A line of a path: one stretch, or several short ones together. */
export interface PathLine {
  readonly start: Seconds;
  readonly length: Seconds;
  /** Of the whole path, 0 … 1. */
  readonly share: number;
  readonly text: string;
  /** Row of `Segments`, of one stretch of a task. */
  readonly segment?: number;
}

/** The heading of a path: `What led to the end of main() at 3 s: suspended 2.9 s, running 100 ms`. */
export function pathTitle(timeline: Timeline, { task, start, end, span, parts }: CriticalPath, t: Translate): string {
  const sums = new Map<PathPart['kind'], Seconds>();
  for (const part of parts) sums.set(part.kind, (sums.get(part.kind) ?? 0) + part.end - part.start);
  const told = [...sums]
    .filter(([, sum]) => sum > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, sum]) => `${kindWord(kind, t)} ${durationWords(sum, t)}`);
  const what = told.length === 0 ? t('steps that took no time') : told.join(', ');
  const named = span === undefined ? undefined : timeline.spans[span];
  if (named) {
    const name = oneLine(requestTitle(named.name, named.status));
    return t('{0} took {1}: {2}', name, durationWords(end - start, t), what);
  }
  const [who, at] = [nameOf(timeline, task), durationWords(end, t)];
  return end === taskOf(timeline, task)?.ended
    ? t('What led to the end of {0} at {1}: {2}', who, at, what)
    : t('What led to {0} at {1}: {2}', who, at, what);
}

/** The stretches that took time, in order. */
export function pathLines(timeline: Timeline, path: CriticalPath, root: string, t: Translate): PathLine[] {
  const { parts } = path;
  const whole = path.end - path.start;
  const long = parts.filter((part) => part.end > part.start);
  const told = new Set([...long].sort((a, b) => b.end - b.start - (a.end - a.start)).slice(0, MOST_PARTS));
  const lines: PathLine[] = [];
  let short: PathPart[] = [];
  const line = (start: Seconds, length: Seconds, text: string, segment?: number) =>
    lines.push({
      start,
      length,
      share: whole > 0 ? length / whole : 0,
      text,
      ...(segment === undefined ? {} : { segment }),
    });
  const flush = () => {
    const length = short.reduce((sum, part) => sum + part.end - part.start, 0);
    if (short.length > 0) line(short[0].start, length, t('{0} shorter stretches', short.length));
    short = [];
  };
  for (const part of long) {
    if (!told.has(part)) {
      short.push(part);
      continue;
    }
    flush();
    line(part.start, part.end - part.start, partText(timeline, path, part, root, t), part.segment);
  }
  flush();
  return lines;
}

function partText(timeline: Timeline, path: CriticalPath, part: PathPart, root: string, t: Translate): string {
  const hops = hopsAfter(path, part);
  return hops.reduce(
    (text, [how, task], i) => hopText(text, how, nameOf(timeline, task), i === 0, t),
    stretchText(timeline, part, nameOf(timeline, part.task), root, t),
  );
}

type Link = NonNullable<PathPart['link']>;

/** The tasks to which the path leads with this stretch, and with the steps after it that took no time. */
function hopsAfter({ parts, task }: CriticalPath, part: PathPart): [Link, number][] {
  const hops: [Link, number][] = [];
  for (let i = parts.indexOf(part); i < parts.length; i++) {
    const { link, start, end } = parts[i];
    if (parts[i] !== part && end > start) break;
    if (link) hops.push([link, parts[i + 1]?.task ?? task]);
  }
  return hops.slice(0, MOST_HOPS);
}

function hopText(before: string, how: Link, whom: string, isFirst: boolean, t: Translate): string {
  switch (how) {
    case 'created':
      return isFirst ? t('{0}, and created {1}', before, whom) : t('{0}, which created {1}', before, whom);
    case 'cancelled':
      return isFirst ? t('{0}, and cancelled {1}', before, whom) : t('{0}, which cancelled {1}', before, whom);
    case 'woke':
      return isFirst ? t('{0}, and woke {1}', before, whom) : t('{0}, which woke {1}', before, whom);
  }
}

function stretchText(timeline: Timeline, part: PathPart, who: string, root: string, t: Translate): string {
  const { segments } = timeline;
  switch (part.kind) {
    case 'outside':
      return t('no task: before the event loop ran one');
    case 'callback':
      return t('a callback of {0} waited for its turn', who);
    case 'running':
      return t('{0} ran', who);
    case 'ready':
      return t('{0} was ready, and waited for its turn', who);
    case 'suspended': {
      const wait = waitLabel(timeline, part.segment!, t) ?? '?';
      const site = userSite(timeline, segments.site[part.segment!]);
      const place = site ? ` (${placeOf(timeline, site.code.file, site.line, root).text})` : '';
      return t('{0} was suspended: {1}', who, wait) + place;
    }
  }
}

function kindWord(kind: PathPart['kind'], t: Translate): string {
  switch (kind) {
    case 'running':
      return t('running');
    case 'ready':
      return t('ready');
    case 'suspended':
      return t('suspended');
    case 'callback':
      return t('callbacks');
    case 'outside':
      return t('no task');
  }
}

function nameOf(timeline: Timeline, id: number): string {
  const task = taskOf(timeline, id);
  return task ? taskLabel(task) : '–';
}

const MOST_NAMES = 5;

/** Why there is no path. */
export function noPathText(target: Exclude<WhyTarget, { asked: unknown }>, t: Translate): string {
  switch (target.none) {
    case 'no-tasks':
      return t('No task ran, so nothing led to its end.');
    case 'no-task':
      return t('There is no task {0}.', target.name);
    case 'several': {
      const names = target.tasks.map((task: Task) => task.name);
      const more = names.length > MOST_NAMES ? ', …' : '';
      return t(
        '{0} tasks are called {1}. Write one of their names: {2}',
        names.length,
        target.name,
        names.slice(0, MOST_NAMES).join(', ') + more,
      );
    }
    case 'not-there':
      return t('{0} did nothing at that time.', taskLabel(target.task));
  }
}
