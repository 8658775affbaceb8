import { type Cancellation, cancellationOf } from '../../src/core/causes/cancellations';
import { wakeReason } from '../../src/core/causes/wakes';
import { chainOf } from '../../src/core/places/chain';
import { Iterations } from '../../src/core/places/iterations';
import { wakingJob } from '../../src/core/timeline/jobs';
import {
  type CoroutineSpan,
  Flag,
  type Job,
  type Resource,
  stateNames,
  type Task,
  type Timeline,
} from '../../src/core/timeline/model';
import { useNames } from '../../src/core/timeline/resources';
import { causeKinds, type Site } from '../../src/core/trace/records';
import { translator } from '../../src/core/translate';
import { deadlockText } from '../../src/core/words/deadlocks';
import { waitLabel } from '../../src/core/words/waits';

const english = translator(undefined);

/**
 * A timeline as text for goldens: one line a segment, in words. Python versions differ in library frames and in columns;
 * so chains show the user's frames only, by function and line.
 */
export function notation(told: Timeline): string {
  // By their names alone: a task that is waited for is one of those above.
  const timeline = {
    ...told,
    tasks: told.tasks.map(
      (task) => Object.create(task, { args: { value: undefined }, label: { value: undefined } }) as Task,
    ),
  };
  const lines: string[] = [];
  // asyncio.run's own tasks at the end differ from version to version, and nobody asked for them.
  const tasks = timeline.tasks.filter((task) => task.parent !== 0 || task.code?.user !== false);
  const name = (id: number) => timeline.tasks.find((task) => task.id === id)?.name ?? '-';
  for (const task of tasks) {
    const group = task.group ? ` in ${task.group.kind} ${task.group.id}` : '';
    const made = timeline.sites[task.site];
    lines.push(`${task.name} = ${task.coroutine}() by ${name(task.parent)}${made ? ` at ${place(made)}` : ''}${group}`);
    for (let row = task.first; row < task.first + task.count; row++) lines.push(`  ${segment(timeline, row, name)}`);
    lines.push(`  ${outcome(task, timeline, name)}`);
  }
  for (const { id, foreign } of timeline.loops) if (foreign) lines.push(`loop ${id} is a ${foreign}`);
  lines.push('', 'coroutines');
  for (const span of timeline.coroutines) {
    const life = `${time(span.start)}…${time(span.end)}`;
    const indent = '  '.repeat(span.depth + 1);
    lines.push(`${indent}${span.code.function} in ${name(span.task)} ${life} ${ending(span, timeline)}`);
    for (const item of span.items ?? []) {
      const times = `${time(item.asked)}…${time(item.given)}`;
      lines.push(`${indent}  item ${item.number} ${times} to ${name(item.task)}${at(timeline, item.site)}`);
    }
    for (const { time: when, text, site } of span.thrown ?? [])
      lines.push(`${indent}  thrown ${time(when)} ${text}${at(timeline, site)}`);
  }
  if (timeline.contexts.length > 0) lines.push('', 'async with');
  for (const context of timeline.contexts) {
    const moments = [context.entering, context.entered, context.leaving, context.left].map((moment) =>
      moment === undefined ? '-' : time(moment),
    );
    const how = [context.entry, context.exit].filter((each) => each !== 'returned').join(' ');
    lines.push(
      `  ${context.label} in ${name(context.task)}${at(timeline, context.site)} ${moments.join('…')} ${how}`.trimEnd(),
    );
  }
  if (told.spans.length > 0) lines.push('', 'spans');
  for (const span of told.spans) {
    const life = `${time(span.start)}…${span.end === undefined ? '-' : time(span.end)}`;
    const how = span.outcome === 'ended' ? '' : ` ${span.outcome} ${span.error}`.trimEnd();
    lines.push(`  ${span.name} in ${name(span.task)}${at(timeline, span.site)} ${life}${how}`);
  }
  const labelled = told.tasks.filter(({ label }) => label !== undefined);
  if (labelled.length > 0) lines.push('', 'labels', ...labelled.map((task) => `  ${task.name}: ${task.label}`));
  if (timeline.jobs.length > 0)
    lines.push('', 'jobs', ...timeline.jobs.map((job) => `  ${jobLine(timeline, job, name)}`));
  if (timeline.resources.length > 0) lines.push('', 'resources');
  for (const resource of timeline.resources) lines.push(...resourceLines(timeline, resource, name));
  if (timeline.logs.length > 0) lines.push('', 'logs');
  for (const { time: at, logger, level, message, error, task, site } of timeline.logs) {
    const stands = timeline.sites[site];
    // What asyncio itself logs goes on with paths and reprs.
    const said = logger === 'asyncio' ? message.split('\n')[0] : message;
    const text = error === undefined ? said : `${said} (${error})`;
    lines.push(
      `  ${time(at)} ${level} ${logger} ${name(task)}${stands ? ` ${place(stands)}` : ''} ${JSON.stringify(text)}`,
    );
  }
  lines.push('', 'output');
  for (const write of timeline.output) {
    const site = timeline.sites[write.site];
    const text = write.stream === 'stderr' ? lastLine(write.text) : write.text;
    lines.push(
      `  ${time(write.time)} ${write.stream} ${name(write.task)}${site ? ` ${place(site)}` : ''} ${JSON.stringify(text)}`,
    );
  }
  for (const error of timeline.errors) {
    const site = timeline.sites[error.site];
    lines.push(
      `error ${time(error.time)} ${error.kind} ${error.type}: ${error.message}${site ? ` at ${place(site)}` : ''}${
        error.told ? ` (${error.told})` : ''
      }${error.coroutine ? ` (ran${at(timeline, timeline.coroutines[error.coroutine - 1].site)})` : ''}`,
    );
  }
  for (const finding of timeline.findings) lines.push(`found ${deadlockText(timeline, finding, english)}`);
  if (timeline.truncated) lines.push(`truncated ${timeline.truncated.reason}`);
  lines.push(
    `idle ${timeline.idle.map((stretch) => `${time(stretch.start)}…${time(stretch.end)}`).join(' ')}`.trimEnd(),
  );
  lines.push(`exit ${timeline.exit ?? '-'} after ${time(timeline.duration)}`);
  return `${steady(lines.join('\n'), tasks)}\n`;
}

function* resourceLines(timeline: Timeline, resource: Resource, name: (id: number) => string): Generator<string> {
  const { uses, sites } = timeline;
  const made = sites[resource.site];
  const facts = [
    resource.type,
    resource.maxsize ? `maxsize ${resource.maxsize}` : undefined,
    resource.value === undefined ? undefined : `${resource.value} permits`,
    resource.parties === undefined ? undefined : `${resource.parties} parties`,
  ].filter((fact) => fact !== undefined);
  yield `  ${[`${resource.kind} ${resource.name}`, ...facts].join(', ')}${made ? ` at ${place(made)}` : ''}`;
  for (let row = resource.first; row < resource.first + resource.count; row++) {
    const what = useNames[uses.what[row]];
    const items = uses.items[row] > 0 ? ` ${uses.items[row]}` : '';
    const size = resource.kind === 'queue' ? ` unfinished ${uses.rest[row]}` : '';
    const site = sites[uses.site[row]];
    yield `    ${time(uses.time[row])} ${what}${items} → ${uses.value[row]}${size} by ${name(uses.task[row])}${site ? ` at ${place(site)}` : ''}`;
  }
}

/** Takes out what differs from version to version or run to run: default task names, and times that were measured. */
function steady(text: string, tasks: Timeline['tasks']): string {
  const defaults = tasks.filter((task) => /^Task-\d+$/.test(task.name)).map((task) => task.name);
  const named = text.replaceAll(/\bTask-\d+\b/g, (name) =>
    defaults.includes(name) ? `#${defaults.indexOf(name) + 1}` : name,
  );
  if (!/measured|\[(thread|process|subprocess|loop)\]|^jobs$|^loop \d+ is/m.test(text)) return named;
  const jobs = /^jobs$|\[loop\]|^loop \d+ is/m.test(text);
  return (jobs ? named.replaceAll(' measured', '') : named)
    .replaceAll(/\d+(\.\d+)?…\d+(\.\d+)?|after [\d.]+|^( +)[\d.]+ (?:std|(?=\w+ \d+ → ))/gm, '$3~')
    .replace(/^idle.*$/m, 'idle ~');
}

/** A traceback or a warning is told by its last line: the rest has paths in it. */
function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)!;
}

function segment(timeline: Timeline, row: number, name: (id: number) => string): string {
  const { segments } = timeline;
  const state = stateNames[segments.state[row]];
  const parts = [`${time(segments.start[row])}…${time(segments.end[row])}`, state];
  if (state === 'suspended') {
    const wait = timeline.waits[segments.about[row]];
    parts.push(`[${wait?.kind}] ${waitLabel(timeline, row)}`, 'at', userChain(timeline, segments.site[row]));
    for (const { waits, number, line } of iterationsOf(timeline).of(row))
      parts.push(waits === 'item' ? `(for item ${number} of :${line})` : `(in turn ${number} of :${line})`);
  } else if (state === 'ready') {
    parts.push(causeKinds[segments.cause[row]]);
    if (segments.about[row]) parts.push('by', name(segments.about[row]));
    const job = wakingJob(timeline, row);
    if (job) parts.push('by job', String(job.id), job.label);
    const site = timeline.sites[segments.site[row]];
    if (site) parts.push('at', place(site));
    const { timeout, cancelled } = wakeReason(timeline, row);
    if (cancelled) parts.push(...origin(timeline, cancelled, segments.about[row], segments.site[row], name));
    else if (timeout) parts.push(`out of time${timeout.seconds === undefined ? '' : ` ${timeout.seconds}`}`);
  }
  if (segments.flags[row] & Flag.eager) parts.push(`eager in ${name(segments.about[row])}`);
  if (segments.flags[row] & Flag.measured) parts.push('measured');
  if (segments.flags[row] & Flag.open) parts.push('open');
  return parts.join(' ');
}

/** Where a cancellation came from, if that is not who told of it. */
function origin(
  timeline: Timeline,
  { kind, task, site, seconds, job }: Cancellation,
  by: number,
  bySite: number,
  name: (id: number) => string,
): string[] {
  if (kind === 'unknown' || (kind === 'task' && task === by && site === bySite)) return [];
  const parts = [`← ${kind}${seconds === undefined ? '' : ` ${seconds}`}`];
  if (task) parts.push(`of ${name(task)}`);
  if (job) parts.push(`job ${timeline.jobs.find(({ id }) => id === job)?.label}`);
  const at = timeline.sites[site];
  if (at) parts.push('at', place(at));
  return parts;
}

/** Workers of pools and process ids differ from run to run; whether there is one does not. */
function jobLine(timeline: Timeline, job: Job, name: (id: number) => string): string {
  const made = timeline.sites[job.site];
  const parts = [`${job.id} ${job.kind} ${job.label} by ${name(job.task)}${made ? ` at ${place(made)}` : ''}`];
  parts.push(job.started === undefined ? 'not seen to start' : `started`);
  if (job.worker !== '') parts.push('in a thread');
  if (job.pid !== 0) parts.push('with a pid');
  const { outcome } = job;
  if (outcome.kind === 'exit') parts.push(`→ exit ${outcome.code}`);
  else parts.push('text' in outcome ? `→ ${outcome.kind} ${outcome.text}`.trimEnd() : `→ ${outcome.kind}`);
  return parts.join(' ');
}

const iterations = new WeakMap<Timeline, Iterations>();

function iterationsOf(timeline: Timeline): Iterations {
  const known = iterations.get(timeline) ?? new Iterations(timeline);
  iterations.set(timeline, known);
  return known;
}

function userChain(timeline: Timeline, site: number): string {
  const chain = chainOf(timeline, site);
  const own = chain.filter((frame) => frame.code.user);
  return (own.length > 0 ? own.map(place) : [chain.at(-1)!.code.function]).join(' → ');
}

function place(site: Site): string {
  return `${site.code.function.split('.').at(-1)}:${site.line}${site.role ? ` (${site.role})` : ''}`;
}

function at(timeline: Timeline, id: number): string {
  const site = timeline.sites[id];
  return site ? ` at ${place(site)}` : '';
}

/** Where it was awaited, and how it ended. */
function ending({ site, outcome, closed }: CoroutineSpan, timeline: Timeline): string {
  const began = timeline.sites[site];
  const how = closed ? `closed by ${closed.why}${at(timeline, closed.site)}` : outcome;
  return began ? `${how}, awaited at ${place(began)}` : how;
}

function outcome(task: Task, timeline: Timeline, name: (id: number) => string): string {
  const { outcome } = task;
  if (outcome.kind === 'pending') return '→ pending';
  if (outcome.kind === 'exception') {
    const site = timeline.sites[outcome.site];
    return `→ raised ${outcome.text}${site ? ` at ${place(site)}` : ''}`;
  }
  if (outcome.kind !== 'cancelled') return `→ ${outcome.text}`;
  const { by, site } = outcome;
  const from = origin(timeline, cancellationOf(timeline, task), by, site, name);
  return [`→ cancelled${by ? ` by ${name(by)}` : ''}`, ...from].join(' ');
}

/** Measured times differ from run to run; the rest is exact. */
function time(seconds: number): string {
  return String(Number(seconds.toFixed(6)));
}
