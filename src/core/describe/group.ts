import type { Group } from '../lanes/groups';
import { drawnEnd } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import { userSite } from '../places/chain';
import { type Outcome, State } from '../timeline/model';
import type { Stretch } from '../timeline/moment';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { groupName } from '../words/names';
import { linkTo } from '../words/places';
import { taskLabel, taskTitle } from '../words/tasks';
import { waitText } from '../words/waits';
import { outcomeWord, rangeText, timesOf } from './describe';
import type { Description, Fact } from './facts';
import type { Table } from './side-table';

/** Describes a group of alike tasks. */

const MOST_WAITS = 3;

const known = new WeakMap<Group, { readonly t: Translate; readonly description: Description }>();

/** Cached: it is computed from many segments, and asked for at each pointer move. */
export function describeGroup(lanes: Lanes, index: number, t: Translate): Description {
  const group = lanes.groups[index];
  const before = known.get(group);
  if (before?.t === t) return before.description;
  const description = descriptionOf(lanes, index, t);
  known.set(group, { t, description });
  return description;
}

function descriptionOf(lanes: Lanes, index: number, t: Translate): Description {
  const { timeline } = lanes;
  const { members, parent } = lanes.groups[index];
  const first = timeline.tasks[members[0]];
  const { start, end } = stretchOfGroup(lanes, index);
  const times = [0, 0, 0];
  for (const member of members)
    timesOf(timeline, timeline.tasks[member]).forEach((time, state) => {
      times[state] += time;
    });
  const facts: Fact[] = [
    { term: t('Tasks'), text: t('{0}, from {1} to {2}', members.length, taskLabel(first), lastName(lanes, members)) },
    { term: t('Time'), text: rangeText(start, end) },
    { term: t('Outcome'), text: outcomesText(lanes, members, t) },
    {
      term: t('Of that'),
      text: t(
        '{0} running, {1} ready, {2} suspended',
        formatDuration(times[State.running]),
        formatDuration(times[State.ready]),
        formatDuration(times[State.suspended]),
      ),
    },
  ];
  const late = longestReady(lanes, members);
  if (late !== undefined) {
    const { segments } = timeline;
    const duration = formatDuration(segments.end[late] - segments.start[late]);
    const text = t('{0}: {1}', taskLabel(timeline.tasks[segments.task[late]]), duration);
    facts.push({ term: t('Longest wait for its turn'), text, link: { kind: 'segment', segment: late } });
  }
  const waits = commonWaits(lanes, members, t);
  if (waits !== '') facts.push({ term: t('Waits for'), text: waits });
  if (parent >= 0)
    facts.push({
      term: t('Created by'),
      text: taskTitle(timeline.tasks[parent]),
      link: { kind: 'task', task: parent },
    });
  const site = userSite(timeline, first.site);
  if (site) facts.push({ term: t('Created at'), text: '', link: linkTo(site) });
  return {
    title: `${groupName(lanes.groups[index])} ×${members.length}`,
    facts,
    source: site && linkTo(site),
    chain: [],
  };
}

function lastName({ timeline }: Lanes, members: readonly number[]): string {
  return taskLabel(timeline.tasks[members[members.length - 1]]);
}

function outcomesText({ timeline }: Lanes, members: readonly number[], t: Translate): string {
  const counts = new Map<Outcome['kind'], { readonly outcome: Outcome; count: number }>();
  for (const member of members) {
    const { outcome } = timeline.tasks[member];
    const known = counts.get(outcome.kind);
    if (known) known.count++;
    else counts.set(outcome.kind, { outcome, count: 1 });
  }
  return [...counts.values()].map(({ outcome, count }) => `${count} ${outcomeWord(outcome, t)}`).join(', ');
}

function longestReady({ timeline: { tasks, segments } }: Lanes, members: readonly number[]): number | undefined {
  let longest = 0;
  let found: number | undefined;
  for (const member of members) {
    const { first, count } = tasks[member];
    for (let row = first; row < first + count; row++) {
      const duration = segments.end[row] - segments.start[row];
      if (segments.state[row] !== State.ready || duration <= longest) continue;
      longest = duration;
      found = row;
    }
  }
  return found;
}

/** The waits that took most time, summed over all members. */
function commonWaits({ timeline }: Lanes, members: readonly number[], t: Translate): string {
  const { tasks, segments } = timeline;
  const sums = new Map<number, { readonly row: number; time: number }>();
  for (const member of members) {
    const { first, count } = tasks[member];
    for (let row = first; row < first + count; row++) {
      if (segments.state[row] !== State.suspended) continue;
      const known = sums.get(segments.about[row]) ?? { row, time: 0 };
      known.time += segments.end[row] - segments.start[row];
      sums.set(segments.about[row], known);
    }
  }
  const most = [...sums.values()].sort((a, b) => b.time - a.time).slice(0, MOST_WAITS);
  return most.map(({ row, time }) => `${waitText(timeline, row, t)} (${formatDuration(time)})`).join(', ');
}

/** From the first creation to the last end. */
export function stretchOfGroup(lanes: Lanes, index: number): Stretch {
  return stretchOfTasks(lanes, lanes.groups[index].members);
}

export function stretchOfTasks(lanes: Lanes, members: readonly number[]): Stretch {
  const { tasks, segments } = lanes.timeline;
  const stretch = { start: Infinity, end: 0, startStep: Infinity, endStep: 0 };
  for (const member of members) {
    const { first, count } = tasks[member];
    if (count === 0) continue;
    stretch.start = Math.min(stretch.start, segments.start[first]);
    stretch.startStep = Math.min(stretch.startStep, segments.startStep[first]);
    const end = drawnEnd(lanes, first + count - 1);
    stretch.end = Math.max(stretch.end, end.time);
    stretch.endStep = Math.max(stretch.endStep, end.step);
  }
  return stretch.start === Infinity ? { start: 0, end: 0, startStep: 0, endStep: 0 } : stretch;
}

/** The members as a table for screen readers, one row each. */
export function groupTable({ timeline, groups }: Lanes, index: number, most: number, t: Translate): Table {
  const { members } = groups[index];
  const shown = members.slice(0, most);
  return {
    caption: t('{0} to {1} of {2} of {3}', 1, shown.length, members.length, groupName(groups[index])),
    heads: [t('Task'), t('Outcome'), t('running'), t('ready'), t('suspended')],
    rows: shown.map((member) => {
      const task = timeline.tasks[member];
      const times = timesOf(timeline, task);
      const durations = [State.running, State.ready, State.suspended].map((state) => formatDuration(times[state]));
      return [taskLabel(task), outcomeWord(task.outcome, t), ...durations];
    }),
  };
}
