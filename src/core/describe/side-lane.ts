import { momentsOf, waitsForWorker } from '../lanes/job-lanes';
import type { Lanes } from '../lanes/lanes';
import type { SideLane } from '../lanes/side-lane';
import { waitingFor } from '../lanes/waiting-for';
import { wokenByJobs } from '../lanes/woken-by-jobs';
import { userSite } from '../places/chain';
import { lowerBound } from '../sorted';
import type { Job, Timeline } from '../timeline/model';
import type { Moment, Stretch } from '../timeline/moment';
import { barrierStates, Use } from '../timeline/resources';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { linkTo, type SourceLink } from '../words/places';
import { jobKindName, resourceKindName, sideName } from '../words/side-lanes';
import { taskTitle } from '../words/tasks';
import { rangeText } from './describe';
import type { Description, Fact } from './facts';
import { describeCrowd, describeSpan } from './spans';

/** Describes a bar of a side lane, or (`level`) a stretch of its number series. */

/** More names than this are only counted. */
const MOST_NAMES = 5;

export function describeSide(lanes: Lanes, index: number, entry: number, level: boolean, t: Translate): Description {
  const lane = lanes.sides[index];
  if (lane.kind === 'spans')
    return level || !lane.bars
      ? describeCrowd(lanes, lane, entry, rangeOfLevel(lanes, lane, entry), t)
      : describeSpan(lanes, lane.bars.ref[entry], t);
  if (lane.kind === 'jobs' && !level) return describeJob(lanes, lane.bars?.ref[entry] ?? 0, t);
  return lane.kind === 'resource' ? describeUse(lanes, lane, entry, level, t) : describeBacklog(lanes, lane, entry, t);
}

function describeJob(lanes: Lanes, index: number, t: Translate): Description {
  const { timeline } = lanes;
  const job = timeline.jobs[index];
  const { submitted, started, ended, worker, pid } = job;
  const source = sourceAt(timeline, job.site);
  const facts: Fact[] = [
    { term: t('Submitted by'), ...whoFact(lanes, job.task, t) },
    { term: t('Time'), text: rangeText(started ?? submitted, ended ?? started ?? submitted) },
    { term: t('Duration'), text: jobDuration(job, t) },
  ];
  if (waitsForWorker(job) && started !== undefined)
    facts.push({ term: t('Waited for a worker'), text: formatDuration(started - submitted) });
  if (worker !== '') facts.push({ term: t('Worker'), text: worker });
  if (pid > 0) facts.push({ term: t('Process id'), text: String(pid) });
  facts.push({ term: t('Outcome'), text: jobOutcome(job, t) });
  for (const row of (wokenByJobs(timeline).get(job.id) ?? []).slice(0, MOST_NAMES)) {
    const task = timeline.tasks[timeline.segments.task[row]];
    facts.push({ term: t('Woke'), text: taskTitle(task), link: { kind: 'segment', segment: row } });
  }
  if (source) facts.push({ term: t('Submitted at'), text: '', link: source });
  return { title: `${job.label} · ${jobKindName(job.kind, t)}`, facts, source, chain: [] };
}

function jobDuration({ submitted, started, ended, kind }: Job, t: Translate): string {
  if (ended === undefined) return t('has not ended');
  const duration = formatDuration(ended - (started ?? submitted));
  return started === undefined && kind !== 'subprocess' ? t('{0}, with its wait for a worker', duration) : duration;
}

export function jobOutcome({ outcome }: Job, t: Translate): string {
  switch (outcome.kind) {
    case 'result':
      return outcome.text === '' ? t('finished') : `${t('finished')}: ${outcome.text}`;
    case 'exception':
      return `${t('raised an exception')}: ${outcome.text}`;
    case 'cancelled':
      return t('cancelled');
    case 'exit':
      return t('exit code {0}', outcome.code);
    case 'pending':
      return t('has not ended');
  }
}

function describeBacklog(lanes: Lanes, lane: SideLane, entry: number, t: Translate): Description {
  const { jobs } = lanes.timeline;
  const [from, to] = rangeOfLevel(lanes, lane, entry);
  const there = jobs.filter((job) => {
    const moments = momentsOf(job);
    const until = lane.name === '' ? (moments.started ?? moments.to) : moments.to;
    const counts = lane.name === '' ? waitsForWorker(job) : job.kind === lane.name;
    return counts && moments.from.step <= from.step && (until === undefined || until.step > from.step);
  });
  const facts: Fact[] = [
    { term: t('Time'), text: rangeText(from.time, to.time) },
    {
      term: t('Jobs'),
      text: namesText(
        there.map(({ label }) => label),
        t,
      ),
    },
  ];
  const title = `${sideName(lanes, lane, t)[0]} · ${lane.series?.value[entry] ?? 0}`;
  return { title, facts, source: undefined, chain: [] };
}

function describeUse(lanes: Lanes, lane: SideLane, entry: number, level: boolean, t: Translate): Description {
  const { timeline } = lanes;
  const { bars, series } = lane;
  const resource = timeline.resources[lane.resource];
  const bar = level ? undefined : bars;
  const [from, to] = bar
    ? [momentAt(bar.start, bar.startStep, entry), momentAt(bar.end, bar.endStep, entry)]
    : rangeOfLevel(lanes, lane, entry);
  const use = bar ? bar.ref[entry] : (series?.use[entry] ?? 0) - 1;
  const facts: Fact[] = [];
  if (bar && resource.kind !== 'event')
    facts.push({ term: t('Held by'), ...whoFact(lanes, timeline.uses.task[use], t) });
  if (!bar && series && resource.kind === 'queue') {
    const size = lane.limit === undefined ? `${series.value[entry]}` : t('{0} of {1}', series.value[entry], lane.limit);
    facts.push({ term: t('Items'), text: size });
  }
  facts.push({ term: t('Time'), text: rangeText(from.time, to.time) });
  facts.push({ term: t('Duration'), text: formatDuration(to.time - from.time) });
  const source = use >= 0 ? sourceAt(timeline, timeline.uses.site[use]) : undefined;
  if (use >= 0 && (!bar || resource.kind === 'event'))
    facts.push({ term: useWord(timeline, use, t), ...whoFact(lanes, timeline.uses.task[use], t) });
  facts.push(...waiterFacts(lanes, resource.id, from, to, t));
  if (source) facts.push({ term: t('At'), text: '', link: source });
  const made = sourceAt(timeline, resource.site);
  if (made) facts.push({ term: t('Created at'), text: '', link: made });
  return { title: `${resource.name} · ${resourceKindName(resource, t)}`, facts, source: source ?? made, chain: [] };
}

/** The last use, as a term before the task that did it. */
function useWord({ uses }: Timeline, row: number, t: Translate): string {
  switch (uses.what[row]) {
    case Use.put:
      return uses.items[row] > 1 ? t('{0} items put by', uses.items[row]) : t('Put by');
    case Use.got:
      return uses.items[row] > 1 ? t('{0} items taken by', uses.items[row]) : t('Taken by');
    case Use.drained:
      return t('Emptied by');
    case Use.set:
      return t('Set by');
    case Use.arrived:
      return t('Arrived last');
    case Use.left:
      return t('Left last');
    case Use.turned:
      return barrierStates[uses.value[row]] ?? '';
    default:
      return t('By');
  }
}

/** Tasks that waited for it during the stretch, each once. */
function waiterFacts(lanes: Lanes, id: number, from: Moment, to: Moment, t: Translate): Fact[] {
  const { timeline } = lanes;
  const { segments, tasks } = timeline;
  const rows = waitingFor(timeline).get(id) ?? [];
  const begun = lowerBound(
    rows.map((row) => segments.startStep[row]),
    to.step,
    0,
    rows.length,
  );
  const waiters = new Map<number, number>();
  for (let i = 0; i < begun; i++)
    if (segments.endStep[rows[i]] > from.step) waiters.set(segments.task[rows[i]], rows[i]);
  const facts: Fact[] = [...waiters].slice(0, MOST_NAMES).map(([task, segment]) => ({
    term: t('Waiting'),
    text: taskTitle(tasks[task]),
    link: { kind: 'segment', segment },
  }));
  const more = waiters.size - facts.length;
  return more > 0 ? [...facts, { term: t('Waiting'), text: t('{0} more', more) }] : facts;
}

function rangeOfLevel({ horizon }: Lanes, { series }: SideLane, entry: number): [from: Moment, to: Moment] {
  const end = { time: horizon.time, step: horizon.steps };
  if (!series) return [end, end];
  const to = entry + 1 < series.count ? momentAt(series.start, series.startStep, entry + 1) : end;
  return [momentAt(series.start, series.startStep, entry), to];
}

function momentAt(times: Float64Array, steps: Float64Array, row: number): Moment {
  return { time: times[row], step: steps[row] };
}

/** Start and end of a stretch of a side lane. */
export function stretchOfSide(lanes: Lanes, index: number, entry: number, level: boolean): Stretch {
  const lane = lanes.sides[index];
  if (level || !lane.bars) {
    const [from, to] = rangeOfLevel(lanes, lane, entry);
    return { start: from.time, startStep: from.step, end: to.time, endStep: to.step };
  }
  const { start, startStep, end, endStep } = lane.bars;
  return { start: start[entry], end: end[entry], startStep: startStep[entry], endStep: endStep[entry] };
}

function whoFact({ timeline, indexOf }: Lanes, id: number, t: Translate): Omit<Fact, 'term'> {
  const task = indexOf.get(id);
  return task === undefined
    ? { text: t('no task') }
    : { text: taskTitle(timeline.tasks[task]), link: { kind: 'task', task } };
}

function sourceAt(timeline: Timeline, id: number): SourceLink | undefined {
  const site = userSite(timeline, id);
  return site && linkTo(site);
}

function namesText(names: readonly string[], t: Translate): string {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return more > 0 ? t('{0} and {1} more', shown, more) : shown;
}
