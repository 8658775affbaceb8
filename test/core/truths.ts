import { chainOf } from '../../src/core/places/chain';
import { wakingJob } from '../../src/core/timeline/jobs';
import { Flag, State, stateNames, type Task, type Timeline } from '../../src/core/timeline/model';
import { causeKinds, type Site } from '../../src/core/trace/records';
import { pathTo } from '../../src/core/why/path';
import { pathOfAsked } from '../../src/core/why/span-path';
import { visitsAreTrue } from './visit-truths';

/**
 * What is always true of a trace, checked against the timeline built from it.
 * @returns a sentence for each violation; none for a good timeline
 */
export function violations(timeline: Timeline): string[] {
  return [
    ...covers(timeline),
    ...oneAtATime(timeline),
    ...explained(timeline),
    ...wakersRan(timeline),
    ...spans(timeline),
    ...jobs(timeline),
    ...contexts(timeline),
    ...visitsAreTrue(timeline),
    ...holdsAreTrue(timeline),
    ...pathsAddUp(timeline),
    ...spansAddUp(timeline),
  ];
}

const MOST_PATHS = 200;

/** A critical path goes from 0 to its end without a gap, forwards, through what its tasks did then; it changes tasks only where one made the next one ready. */
function* pathsAddUp(timeline: Timeline): Generator<string> {
  const { segments, tasks } = timeline;
  const found: string[] = [];
  const ends = tasks.flatMap(({ first, count }) => (count > 0 ? [first + count - 1] : []));
  const any = Array.from({ length: segments.count }, (_, row) => row).filter((row) => tasks[segments.task[row]]?.count);
  const every = Math.ceil((any.length + ends.length) / MOST_PATHS);
  for (const row of [...ends, ...any].filter((_, i) => i % every === 0)) {
    if (segments.state[row] === 3) continue;
    const { parts, end } = pathTo(timeline, row);
    const at = `the path to row ${row}`;
    if (end !== Math.max(0, segments.end[row])) yield `${at}: it ends at ${end}`;
    if (end > 0 && (parts[0]?.start !== 0 || parts.at(-1)?.end !== end)) yield `${at}: it does not go from 0 to ${end}`;
    parts.forEach((part, i) => {
      const next = parts[i + 1];
      if (part.end < part.start) found.push(`${at}: part ${i} goes backwards`);
      if (next && next.start !== part.end) found.push(`${at}: a gap behind part ${i}`);
      if (next && !part.link && next.task !== part.task && part.kind !== 'outside' && timeline.loops.length < 2)
        found.push(`${at}: it changes tasks behind part ${i}, and nobody knows why`);
      if (part.segment === undefined) return;
      if (stateNames[segments.state[part.segment]] !== part.kind || tasks[segments.task[part.segment]].id !== part.task)
        found.push(`${at}: part ${i} is no segment of its task`);
      if (part.start < segments.start[part.segment] - 1e-6 || part.end > segments.end[part.segment] + 1e-6)
        found.push(`${at}: part ${i} is outside of its segment`);
    });
    yield* found.splice(0);
  }
}

/** A request or a span ends no earlier than it begins, and its path goes from the one to the other without a gap. */
function* spansAddUp(timeline: Timeline): Generator<string> {
  for (const [index, { name, task, start, startStep, end, endStep }] of timeline.spans.entries()) {
    const at = `span ${name}`;
    if (end !== undefined && (end < start || (endStep ?? 0) < startStep)) yield `${at}: it ends before it begins`;
    if (task !== 0 && !timeline.tasks.some(({ id }) => id === task)) yield `${at}: its task is not there`;
    const path = pathOfAsked(timeline, { span: index });
    if (!path) continue;
    const { parts } = path;
    const until = end ?? timeline.duration;
    if (until > start && (parts[0]?.start !== start || parts.at(-1)?.end !== until))
      yield `${at}: its path does not go from ${start} to ${until}`;
    for (const [i, part] of parts.entries())
      if (part.end < part.start || (i > 0 && parts[i - 1].end !== part.start)) yield `${at}: a gap before part ${i}`;
  }
}

/** What is blamed for a step was done in that step, by code that the task's coroutine called; and it is no place where the task waited. */
function* holdsAreTrue(timeline: Timeline): Generator<string> {
  const { segments, sites } = timeline;
  const waitsAt = new Set<string>();
  for (let row = 0; row < segments.count; row++) {
    const site = sites[segments.site[row]];
    if (segments.state[row] === State.suspended && site) waitsAt.add(placeOf(site));
  }
  const byId = new Map(timeline.tasks.map((task) => [task.id, task]));
  for (const hold of timeline.holds) {
    const at = `what held the loop at ${hold.start}`;
    const task = byId.get(hold.task);
    const row =
      task &&
      [...rowsFrom(segments.endStep, task, hold.step)].find(
        (each) =>
          segments.state[each] === State.running &&
          segments.startStep[each] <= hold.step &&
          hold.step < segments.endStep[each],
      );
    if (hold.task !== 0 && row === undefined) yield `${at}: ${task?.name} has no step there`;
    if (row !== undefined && (hold.start < segments.start[row] - 1e-6 || hold.end > segments.end[row] + 1e-6))
      yield `${at}: it is outside of the step`;
    const chain = chainOf(timeline, hold.site);
    const own = chain.find(({ code }) => code.user);
    if (task?.code?.user && own && own.code.function !== task.coroutine && own.code.file !== task.code.file)
      yield `${at}: it does not begin in the task's own coroutine`;
    const blamed = sites[hold.site];
    // Without columns (before 3.11) a call and the await around it stand at one place.
    if (blamed && blamed.column !== null && waitsAt.has(placeOf(blamed))) yield `${at}: line ${blamed.line} is a wait`;
  }
}

function placeOf({ code, line, column }: Site): string {
  return `${code.file}:${code.function}:${line}:${column}`;
}

/** Each row of a task's segments. */
function* rows(task: Task): Generator<number> {
  for (let row = task.first; row < task.first + task.count; row++) yield row;
}

/**
 * The rows of a task that do not end before a moment; tasks of long runs have thousands, and each is asked for.
 * @param ends of each row, on the axis of the moment; they never go back within a task
 */
function* rowsFrom(ends: ArrayLike<number>, task: Task, moment: number): Generator<number> {
  let low = task.first;
  let high = task.first + task.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] < moment) low = middle + 1;
    else high = middle;
  }
  for (let row = low; row < task.first + task.count; row++) yield row;
}

/** Whether a task runs at a time; the moments between two of its segments belong to both. */
function runsAt({ segments }: Timeline, task: Task, time: number): boolean {
  for (const row of rowsFrom(segments.end, task, time)) {
    if (segments.start[row] > time) return false;
    if (segments.state[row] === State.running) return true;
  }
  return false;
}

/** 1: the segments of a task cover created → done, with no gap and no overlap. */
function* covers(timeline: Timeline): Generator<string> {
  const { segments, duration } = timeline;
  for (const task of timeline.tasks) {
    if (task.count === 0) {
      yield `${task.name}: no segments`;
      continue;
    }
    let at = task.created;
    let step = segments.startStep[task.first];
    for (const row of rows(task)) {
      if (segments.start[row] !== at)
        yield `${task.name}: gap or overlap at ${at}: next starts at ${segments.start[row]}`;
      if (segments.startStep[row] !== step) yield `${task.name}: gap on the steps axis at ${step}`;
      if (segments.end[row] < segments.start[row]) yield `${task.name}: ends before it starts at ${at}`;
      at = segments.end[row];
      step = segments.endStep[row];
    }
    if (task.outcome.kind === 'pending' && !isOpen(timeline, task))
      yield `${task.name}: pending, but its last segment is closed`;
    if (at !== task.ended && !(task.outcome.kind === 'pending' && at <= duration))
      yield `${task.name}: covered to ${at}, ended ${task.ended}`;
  }
}

function isOpen({ segments }: Timeline, task: Task): boolean {
  return (segments.flags[task.first + task.count - 1] & Flag.open) !== 0;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly startStep: number;
  readonly endStep: number;
  readonly name: string;
}

/** 2 and 4: on one loop nothing overlaps: steps, callbacks and idle waits are disjoint, in time and on the steps axis. */
function* oneAtATime(timeline: Timeline): Generator<string> {
  const { segments } = timeline;
  for (const { id: loop, opened, closed } of timeline.loops) {
    const busy: Stretch[] = [];
    for (const task of timeline.tasks) {
      if (task.loop !== loop) continue;
      for (const row of rows(task)) {
        if (segments.state[row] !== State.running) continue;
        const stretch = {
          start: segments.start[row],
          end: segments.end[row],
          startStep: segments.startStep[row],
          endStep: segments.endStep[row],
          name: task.name,
        };
        if (segments.flags[row] & Flag.eager) yield* nested(timeline, task, stretch);
        else busy.push(stretch);
      }
    }
    const own = (stretch: { loop: number }) => stretch.loop === loop;
    busy.push(...timeline.callbacks.filter(own).map((run) => ({ ...run, name: `callback ${run.name}` })));
    busy.push(...timeline.idle.filter(own).map((wait) => ({ ...wait, name: 'idle' })));
    busy.sort((a, b) => a.startStep - b.startStep || a.endStep - b.endStep);
    for (let i = 1; i < busy.length; i++) {
      const [before, after] = [busy[i - 1], busy[i]];
      if (after.start < before.end) yield `${before.name} and ${after.name} run at once at ${after.start}`;
      if (after.startStep < before.endStep) yield `${before.name} and ${after.name} share step ${after.startStep}`;
    }
    const outside = busy.find(({ start, end }) => start < opened || end > (closed ?? timeline.duration));
    if (outside) yield `${outside.name} runs at ${outside.start}, outside the life of loop ${loop}`;
  }
}

function* nested(timeline: Timeline, task: Task, stretch: Stretch): Generator<string> {
  const parent = timeline.tasks.find((each) => each.id === task.parent);
  const inside =
    parent !== undefined &&
    [...rowsFrom(timeline.segments.endStep, parent, stretch.endStep)].some(
      (row) =>
        timeline.segments.state[row] === State.running &&
        timeline.segments.start[row] <= stretch.start &&
        timeline.segments.end[row] >= stretch.end &&
        timeline.segments.startStep[row] <= stretch.startStep &&
        timeline.segments.endStep[row] >= stretch.endStep,
    );
  const called =
    task.parent === 0 && timeline.callbacks.some((run) => run.start <= stretch.start && run.end >= stretch.end);
  if (!inside && !called)
    yield `${task.name}: its eager step at ${stretch.start} is inside neither a step of its parent nor a callback`;
}

/** 3: a suspension has a chain and a kind, a ready stretch a cause; ready comes before running. */
function* explained(timeline: Timeline): Generator<string> {
  const { segments, sites, waits } = timeline;
  for (const task of timeline.tasks) {
    for (const row of rows(task)) {
      const at = `${task.name} at ${segments.start[row]}`;
      const state = stateNames[segments.state[row]];
      if (state === 'suspended' && !sites[segments.site[row]]) yield `${at}: suspended nowhere`;
      if (state === 'suspended' && !waits[segments.about[row]]) yield `${at}: suspended for nothing`;
      if (state === 'ready' && causeKinds[segments.cause[row]] === 'unknown') yield `${at}: ready without a cause`;
      const next = row + 1 < task.first + task.count ? stateNames[segments.state[row + 1]] : undefined;
      if (next && !follows[state].includes(next)) yield `${at}: ${state}, then ${next}`;
    }
  }
}

const follows = { ready: ['running'], running: ['suspended'], suspended: ['ready'] } as const satisfies Record<
  string,
  readonly string[]
> as Record<string, readonly string[]>;

/** 3: a task that woke another was running at that instant, or a callback that it had scheduled was. */
function* wakersRan(timeline: Timeline): Generator<string> {
  const { segments } = timeline;
  const byId = new Map(timeline.tasks.map((task) => [task.id, task]));
  for (const task of timeline.tasks) {
    for (const row of rows(task)) {
      if (segments.state[row] !== State.ready || segments.about[row] === 0) continue;
      const at = segments.start[row];
      const waker = byId.get(segments.about[row]);
      const around = (stretch: { start: number; end: number }) => stretch.start <= at && at <= stretch.end;
      if (waker && runsAt(timeline, waker, at)) continue;
      // Before the record begins nobody is known to have run.
      if (timeline.meta.clipped && at === 0) continue;
      if (!timeline.callbacks.some((run) => run.task === segments.about[row] && around(run)))
        yield `${task.name}: woken at ${at} by ${waker?.name ?? segments.about[row]}, which was not running`;
    }
  }
}

/** A coroutine lives within its task, and within its awaiter. What a generator hands out goes to a task that runs. */
function* spans(timeline: Timeline): Generator<string> {
  const tasks = new Map(timeline.tasks.map((task) => [task.id, task]));
  const byId = new Map(timeline.coroutines.map((span) => [span.id, span]));
  for (const span of timeline.coroutines) {
    const task = tasks.get(span.task);
    const awaiter = byId.get(span.awaiter);
    for (const { given, task: id, number } of span.items ?? []) {
      const taker = tasks.get(id);
      if (taker && !runsAt(timeline, taker, given))
        yield `${span.code.function}: item ${number} at ${given} goes to ${taker.name}, which was not running`;
    }
    // An async generator may be handed on, or dropped half-way, and outlive whoever began it.
    if (span.code.kind !== 'coroutine') continue;
    if (task && (span.start < task.created || span.end > task.ended))
      yield `${span.code.function}: lives outside ${task.name}`;
    if (awaiter && (span.start < awaiter.start || span.end > awaiter.end))
      yield `${span.code.function}: lives outside its awaiter ${awaiter.code.function}`;
  }
}

/** A job is submitted, starts and ends in this order, while its task runs; a wait for it, and whom it woke, agree with it. */
function* jobs(timeline: Timeline): Generator<string> {
  const { segments, waits } = timeline;
  const tasks = new Map(timeline.tasks.map((task) => [task.id, task]));
  for (const { id, label, task, submitted, submittedStep, started, ended, outcome } of timeline.jobs) {
    const at = `job ${id} ${label}`;
    if (started !== undefined && started < submitted) yield `${at}: starts before it is submitted`;
    if (ended !== undefined && ended < (started ?? submitted)) yield `${at}: ends before it starts`;
    if ((ended === undefined) !== (outcome.kind === 'pending')) yield `${at}: ${outcome.kind}, but its end is ${ended}`;
    const submitter = tasks.get(task);
    const running = (row: number) =>
      segments.state[row] === State.running &&
      segments.start[row] <= submitted &&
      submitted <= segments.end[row] &&
      segments.startStep[row] <= submittedStep &&
      submittedStep <= segments.endStep[row];
    const before = timeline.meta.clipped && submitted === 0;
    if (submitter && !before && ![...rowsFrom(segments.end, submitter, submitted)].some(running))
      yield `${at}: submitted while ${submitter.name} was not running`;
  }
  const byId = new Map(timeline.jobs.map((job) => [job.id, job]));
  for (const task of timeline.tasks) {
    for (const row of rows(task)) {
      const number = segments.state[row] === State.suspended ? waits[segments.about[row]]?.fields.job : undefined;
      if (typeof number !== 'number') continue;
      const job = byId.get(number);
      if (!job) yield `${task.name}: waits for job ${number}, which is not there`;
      const woken = row + 1 < task.first + task.count ? wakingJob(timeline, row + 1) : undefined;
      if (woken && woken.id !== number && causeKinds[segments.cause[row + 1]] === 'thread')
        yield `${task.name}: waits for job ${number} and is woken by job ${woken.id}`;
    }
  }
}

/** An `async with` is entered before it is left, and by a task that lives. */
function* contexts(timeline: Timeline): Generator<string> {
  const tasks = new Map(timeline.tasks.map((task) => [task.id, task]));
  for (const { label, task: id, entering, entered, leaving, left } of timeline.contexts) {
    const moments = [entering, entered, leaving, left].filter((moment) => moment !== undefined);
    if (moments.some((moment, i) => i > 0 && moment < moments[i - 1])) yield `${label}: left before it was entered`;
    if (entered === undefined && leaving !== undefined) yield `${label}: left, but never entered`;
    const task = tasks.get(id);
    if (task && entering < task.created) yield `${label}: entered before ${task.name} was created`;
  }
}
