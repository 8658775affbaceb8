import { change, type Difference, differencesOf, differenceText } from '../compare/difference';
import type { Ghost } from '../compare/ghost';
import { drawnEnd } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import type { Stretch } from '../timeline/moment';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { oneLine } from '../words/labels';
import { taskTitle } from '../words/tasks';
import { describeSegment, outcomeWord } from './describe';
import type { Description, Fact } from './facts';

/** Describes a task of the older run, or one of its segments, and how it differs from the current run. */
export function describeGhost(
  ghost: Ghost,
  lanes: Lanes,
  { before, now, segment }: { readonly before: number; readonly now?: number; readonly segment?: number },
  t: Translate,
): Description {
  const older = ghost.lanes.timeline;
  const task = older.tasks[before];
  const facts: Fact[] = [{ term: t('Earlier run'), text: ghost.label }];
  if (segment === undefined) facts.push({ term: t('Task'), text: taskTitle(task) });
  else {
    // Its lines may have changed, and its rows are not those of the current run.
    const known = describeSegment(ghost.lanes, segment, t).facts.filter(({ text }) => text !== '');
    facts.push(...known.map(({ term, text }) => ({ term, text })));
  }
  const took = task.ended - task.created;
  if (now === undefined) facts.push({ term: t('Took'), text: `${formatDuration(took)} · ${t('not in this run')}` });
  else {
    const is = lanes.timeline.tasks[now];
    facts.push({ term: t('Took'), text: change(took, is.ended - is.created) });
  }
  facts.push({ term: t('Outcome'), text: outcomeWord(task.outcome, t) });
  return { title: `${oneLine(task.name)} · ${t('earlier run')}`, facts, source: undefined, chain: [] };
}

export function describeGhosts(ghost: Ghost, lanes: Lanes, crowd: number, t: Translate): Description {
  const { group, now } = ghost.crowds[crowd];
  const count = group.members.length;
  const is = now < 0 ? 0 : lanes.groups[now].members.length;
  const facts: Fact[] = [
    { term: t('Earlier run'), text: ghost.label },
    { term: t('Tasks'), text: `${count} → ${is}` },
  ];
  return { title: `${oneLine(group.coroutine)} ×${count} · ${t('earlier run')}`, facts, source: undefined, chain: [] };
}

/** Start and end of a ghost. */
export function stretchOfGhost({ lanes }: Ghost, before: number, segment: number | undefined): Stretch | undefined {
  const { segments, tasks } = lanes.timeline;
  const { first, count } = tasks[before];
  if (count === 0) return undefined;
  const [from, to] = segment === undefined ? [first, first + count - 1] : [segment, segment];
  const end = drawnEnd(lanes, to);
  return { start: segments.start[from], startStep: segments.startStep[from], end: end.time, endStep: end.step };
}

/** The values of a task in both runs, as facts. */
export function taskDifferences(
  ghost: Ghost,
  lanes: Lanes,
  { before, now }: { readonly before: number | undefined; readonly now: number | undefined },
  t: Translate,
): Difference[] {
  const older = ghost.lanes.timeline;
  return differencesOf(
    before === undefined ? undefined : [older, older.tasks[before]],
    now === undefined ? undefined : [lanes.timeline, lanes.timeline.tasks[now]],
    t,
  );
}

/** Number of tasks in both runs and in only one of them, without tasks of libraries. */
export function taskCounts(ghost: Ghost, lanes: Lanes) {
  const own = ({ timeline, library }: Lanes) => timeline.tasks.flatMap((_, task) => (library.has(task) ? [] : [task]));
  const now = own(lanes);
  const both = now.filter((task) => ghost.before.has(task)).length;
  const onlyBefore = own(ghost.lanes).filter((task) => !ghost.now.has(task)).length;
  return { both, onlyNow: now.length - both, onlyBefore };
}

/** Every task of both runs as a table for screen readers, with at most `most` rows. */
export function ghostTable(ghost: Ghost, lanes: Lanes, most: number, t: Translate) {
  const heads = [t('Task'), t('Earlier run'), t('This run'), t('Difference')];
  const rows: string[][] = [];
  const none = '–';
  const took = ({ timeline }: Lanes, task: number) =>
    formatDuration(timeline.tasks[task].ended - timeline.tasks[task].created);
  lanes.timeline.tasks.forEach(({ name }, now) => {
    if (rows.length >= most || lanes.library.has(now)) return;
    const before = ghost.before.get(now);
    const was = before === undefined ? none : took(ghost.lanes, before);
    const difference = before === undefined ? t('only in this run') : differenceText(ghost, lanes, before, now, t);
    rows.push([oneLine(name), was, took(lanes, now), difference]);
  });
  ghost.lanes.timeline.tasks.forEach(({ name }, before) => {
    if (rows.length >= most || ghost.now.has(before) || ghost.lanes.library.has(before)) return;
    rows.push([oneLine(name), took(ghost.lanes, before), none, t('only in the earlier run')]);
  });
  return { caption: t('Compared with {0}', ghost.label), heads, rows };
}
