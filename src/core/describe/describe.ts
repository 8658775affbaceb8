import type { Lanes } from '../lanes/lanes';
import { chainOf, userSite } from '../places/chain';
import { holdIn, holdOfSegment } from '../timeline/holds';
import { LoopKind } from '../timeline/loop-entries';
import { Flag, type Hold, type Outcome, State, type Task, type Tie, type Timeline } from '../timeline/model';
import { tieOf, wokenAt } from '../timeline/ties';
import type { Site } from '../trace/records';
import type { Translate } from '../translate';
import { durationWords, formatDuration } from '../units';
import { holdFact, throughText } from '../words/holds';
import { oneLine } from '../words/labels';
import { shortName } from '../words/names';
import { linkTo, type SourceLink } from '../words/places';
import { taskLabel, taskTitle } from '../words/tasks';
import { waitText } from '../words/waits';
import { causeWord } from '../words/wakes';
import type { Description, Fact, Frame, Link } from './facts';
import { ranDuring } from './loop-holders';
import { limitFacts } from './marks';
import { cancelledFacts, wakeFacts } from './wakes';

export function stateWord(state: number, t: Translate): string {
  return state === State.ready ? t('ready') : state === State.running ? t('running') : t('suspended');
}

export function outcomeWord(outcome: Outcome, t: Translate): string {
  if (outcome.kind === 'result') return t('finished');
  if (outcome.kind === 'exception') return t('raised an exception');
  if (outcome.kind === 'cancelled') return t('cancelled');
  return t('still pending');
}

/** The user's line of a segment: where the task is suspended, what blocked the loop, or where it resumes. */
export function sourceOf(timeline: Timeline, segment: number): SourceLink | undefined {
  const { segments, tasks } = timeline;
  const task = tasks[segments.task[segment]];
  if (segments.state[segment] === State.running) {
    const at = timeline.sites[holdOfSegment(timeline, segment)?.site || segments.site[segment]];
    if (at?.code.user) return linkTo(at);
  }
  for (let i = segment; i >= task.first; i--) {
    if (segments.state[i] !== State.suspended) continue;
    const site = userSite(timeline, segments.site[i]);
    return site && linkTo(site);
  }
  return task.code && { kind: 'source', file: task.code.file, line: task.code.firstLine, column: 0 };
}

export function describeSegment(lanes: Lanes, segment: number, t: Translate): Description {
  const { timeline } = lanes;
  const { segments } = timeline;
  const taskIndex = segments.task[segment];
  const task = timeline.tasks[taskIndex];
  const state = segments.state[segment];
  const facts: Fact[] = [
    { term: t('Task'), text: taskTitle(task), link: { kind: 'task', task: taskIndex } },
    { term: t('Time'), text: rangeText(segments.start[segment], segments.end[segment]) },
    { term: t('Duration'), text: durationText(timeline, segment, t) },
  ];
  if (state === State.suspended)
    facts.push({ term: t('Waits for'), text: waitText(timeline, segment, t), ...waited(lanes, segment) });
  if (segments.flags[segment] & Flag.eager)
    facts.push({ term: t('Eager'), text: t('ran at once, inside the step that created it') });
  facts.push(...wakeFacts(lanes, segment, t));
  const hold = state === State.running ? holdOfSegment(timeline, segment) : undefined;
  if (hold) facts.push(...holdFacts(timeline, hold, t));
  const tie = tieOf(timeline, segment);
  if (tie) facts.push(tieFact(timeline, tie, segment, t));
  if (state === State.ready) facts.push(...meanwhileFacts(lanes, segment, t));
  const source = sourceOf(timeline, segment);
  if (source && !hold)
    facts.push({ term: state === State.suspended ? t('Suspended at') : t('Resumes at'), text: '', link: source });
  const at = state === State.suspended ? segments.site[segment] : (hold?.inner ?? 0);
  const chain = chainOf(timeline, at).map((site) => frameOf(site, t));
  return { title: `${taskLabel(task)} · ${stateWord(state, t)}`, facts, source, chain };
}

/** What blocked the loop, and where. */
function holdFacts(timeline: Timeline, hold: Hold, t: Translate): Fact[] {
  const site = timeline.sites[hold.site];
  return [
    { term: t('Blocked by'), text: holdFact(timeline, hold, t), ...(site ? { link: linkTo(site) } : {}) },
    ...(site && throughText(timeline, hold.site, t) !== ''
      ? [{ term: t('Called through'), text: throughText(timeline, hold.site, t) }]
      : []),
  ];
}

function frameOf(site: Site, t: Translate): Frame {
  const name = shortName(site.code.function);
  const role = roleWord(site.role, t);
  return { name: role === '' ? name : `${name} · ${role}`, user: site.code.user, link: linkTo(site) };
}

function roleWord(role: Site['role'], t: Translate): string {
  if (role === 'enter') return t('entering async with');
  if (role === 'exit') return t('leaving async with');
  return role === 'next' ? t('next item of async for') : '';
}

export function rangeText(start: number, end: number): string {
  return end > start ? `${formatDuration(start)} – ${formatDuration(end)}` : formatDuration(start);
}

function durationText(timeline: Timeline, segment: number, t: Translate): string {
  const { segments, meta } = timeline;
  if (waitsForEver(timeline, segment)) return t('waits for ever');
  const duration = formatDuration(segments.end[segment] - segments.start[segment]);
  if (segments.flags[segment] & Flag.open) return t('{0}, until the recording ends', duration);
  if (segments.flags[segment] & Flag.measured) return t('{0}, measured: it kept the processor busy', duration);
  if (
    meta.clock === 'virtual' &&
    segments.state[segment] === State.running &&
    segments.end[segment] === segments.start[segment]
  ) {
    return t('{0} (quick steps take no time on the virtual clock)', duration);
  }
  return duration;
}

/** Whether it is part of a deadlock that lasted until the end: its recorded length means nothing then. */
function waitsForEver({ findings, segments }: Timeline, segment: number): boolean {
  if ((segments.flags[segment] & Flag.open) === 0) return false;
  return findings.some(({ end, stuck }) => end === undefined && stuck.some((each) => each.segment === segment));
}

/** A link to the awaited task. */
function waited({ timeline, indexOf }: Lanes, segment: number): { link?: Link } {
  const index = indexOf.get(timeline.waits[timeline.segments.about[segment]]?.fields.task ?? -1);
  return index === undefined ? {} : { link: { kind: 'task', task: index } };
}

function tieFact(timeline: Timeline, tie: Tie, segment: number, t: Translate): Fact {
  const others = wokenAt(timeline, tie).filter((row) => row !== segment);
  const names = others.slice(0, MOST_HOLDERS).map((row) => taskLabel(timeline.tasks[timeline.segments.task[row]]));
  return {
    term: t('Tie'),
    text: t('due at the same moment as {0}: in reality either may fire first', oneLine(names.join(', ')) || '…'),
  };
}

const MOST_HOLDERS = 3;

/** What ran while a ready task waited for its turn. */
function meanwhileFacts(lanes: Lanes, segment: number, t: Translate): Fact[] {
  const { timeline, loop } = lanes;
  const holders = ranDuring(lanes, segment);
  const facts: Fact[] = holders.slice(0, MOST_HOLDERS).map(({ task, entry, duration }) => {
    const step = loop.kind[entry] === LoopKind.step;
    const who =
      task === undefined
        ? t('Callback {0}', timeline.callbacks[loop.ref[entry]].name)
        : taskTitle(timeline.tasks[task]);
    return {
      term: t('Meanwhile'),
      text: t('{0} ran for {1}', who, durationWords(duration, t)),
      ...(step ? { link: { kind: 'segment', segment: loop.ref[entry] } as const } : {}),
    };
  });
  const others = holders.slice(MOST_HOLDERS);
  if (others.length > 0) {
    const sum = others.reduce((total, { duration }) => total + duration, 0);
    facts.push({ term: t('Meanwhile'), text: t('{0} others ran for {1}', others.length, durationWords(sum, t)) });
  }
  return facts;
}

export function describeTask(lanes: Lanes, index: number, t: Translate): Description {
  const { timeline } = lanes;
  const task = timeline.tasks[index];
  const parent = lanes.indexOf.get(task.parent);
  const times = timesOf(timeline, task);
  const facts: Fact[] = [
    { term: t('Coroutine'), text: task.coroutine, ...(task.code ? { link: definitionOf(task.code) } : {}) },
    { term: t('Outcome'), text: outcomeText(task.outcome, t) },
    { term: t('Time'), text: rangeText(task.created, task.ended) },
    {
      term: t('Of that'),
      text: t(
        '{0} running, {1} ready, {2} suspended',
        formatDuration(times[State.running]),
        formatDuration(times[State.ready]),
        formatDuration(times[State.suspended]),
      ),
    },
    {
      term: t('Created by'),
      text: parent === undefined ? t("asyncio.run(), as the program's first task") : taskTitle(timeline.tasks[parent]),
      ...(parent === undefined ? {} : { link: { kind: 'task', task: parent } as const }),
    },
  ];
  const site = userSite(timeline, task.site);
  if (site) facts.push({ term: t('Created at'), text: '', link: linkTo(site) });
  if (task.group) facts.push({ term: t('Group'), text: task.group.kind });
  facts.push(...limitFacts(lanes, index, t));
  facts.push(...endFacts(lanes, task, t));
  const source = task.code && definitionOf(task.code);
  return { title: taskTitle(task), facts, source, chain: [] };
}

function definitionOf(code: { file: string; firstLine: number }): SourceLink {
  return { kind: 'source', file: code.file, line: code.firstLine, column: 0 };
}

function outcomeText(outcome: Outcome, t: Translate): string {
  const word = outcomeWord(outcome, t);
  return outcome.kind !== 'pending' && outcome.text !== '' ? `${word}: ${outcome.text}` : word;
}

function endFacts(lanes: Lanes, task: Task, t: Translate): Fact[] {
  const { outcome } = task;
  if (outcome.kind === 'cancelled') return cancelledFacts(lanes, task, t);
  const site = outcome.kind === 'exception' ? userSite(lanes.timeline, outcome.site) : undefined;
  return site ? [{ term: t('Raised at'), text: '', link: linkTo(site) }] : [];
}

/** Seconds in each state, by `State`. */
export function timesOf({ segments }: Timeline, { first, count }: Task): [number, number, number] {
  const times: [number, number, number] = [0, 0, 0];
  for (let i = first; i < first + count; i++) times[segments.state[i]] += segments.end[i] - segments.start[i];
  return times;
}

/** A callback or an idle wait; steps are described as segments. */
export function describeLoop(lanes: Lanes, entry: number, t: Translate): Description {
  const { loop, timeline } = lanes;
  const ref = loop.ref[entry];
  if (loop.kind[entry] === LoopKind.step) return describeSegment(lanes, ref, t);
  const facts: Fact[] = [
    { term: t('Time'), text: rangeText(loop.start[entry], loop.end[entry]) },
    { term: t('Duration'), text: formatDuration(loop.end[entry] - loop.start[entry]) },
  ];
  if (loop.kind[entry] === LoopKind.idle) {
    facts.push({ term: t('Why'), text: t('no task was ready: the loop waited for a timer or for I/O') });
    return { title: t('Event loop · idle'), facts, source: undefined, chain: [] };
  }
  const callback = timeline.callbacks[ref];
  const hold = holdIn(timeline, callback);
  if (hold) facts.push(...holdFacts(timeline, hold, t));
  const by = lanes.indexOf.get(callback.task);
  if (by !== undefined) {
    facts.push({ term: t('Scheduled by'), text: taskTitle(timeline.tasks[by]), link: { kind: 'task', task: by } });
  } else facts.push({ term: t('Scheduled by'), text: causeWord(callback.cause, t) });
  const held = timeline.sites[hold?.site ?? 0];
  const chain = chainOf(timeline, hold?.inner ?? 0).map((site) => frameOf(site, t));
  return { title: t('Callback {0}', callback.name), facts, source: held && linkTo(held), chain };
}

export function describeLog(lanes: Lanes, index: number, t: Translate): Description {
  const { timeline } = lanes;
  const { time, logger, level, message, error, byPython, task, site } = timeline.logs[index];
  const owner = lanes.indexOf.get(task);
  const facts: Fact[] = [
    { term: t('Logger'), text: logger },
    { term: t('Time'), text: formatDuration(time) },
    { term: t('Message'), text: message },
  ];
  if (error !== undefined) facts.push({ term: t('Exception'), text: error });
  if (byPython) facts.push({ term: t('By'), text: t('Python itself') });
  if (owner !== undefined)
    facts.push({ term: t('Task'), text: taskTitle(timeline.tasks[owner]), link: { kind: 'task', task: owner } });
  const place = userSite(timeline, site);
  if (place) facts.push({ term: t('At'), text: '', link: linkTo(place) });
  return { title: t('Log · {0}', level), facts, source: place && linkTo(place), chain: [] };
}
