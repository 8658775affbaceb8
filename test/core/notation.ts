import { basename } from 'node:path';
import { chainOf } from '../../src/core/chain';
import { causeKinds, Flag, type Site, stateNames, type Timeline } from '../../src/core/model';

/**
 * A timeline as text for goldens: one line a segment, in words. Python versions differ in library frames and in columns;
 * so chains show the user's frames only, by function and line.
 */
export function notation(timeline: Timeline): string {
  const lines: string[] = [];
  const name = (id: number) => timeline.tasks.find((task) => task.id === id)?.name ?? '-';
  for (const task of timeline.tasks) {
    const group = task.group ? ` in ${task.group.kind} ${task.group.id}` : '';
    const made = timeline.sites[task.site];
    lines.push(`${task.name} = ${task.coroutine}() by ${name(task.parent)}${made ? ` at ${place(made)}` : ''}${group}`);
    for (let row = task.first; row < task.first + task.count; row++) lines.push(`  ${segment(timeline, row, name)}`);
    lines.push(`  ${outcome(task.outcome, timeline, name)}`);
  }
  lines.push('', 'coroutines');
  for (const span of timeline.coroutines) {
    lines.push(`  ${'  '.repeat(span.depth)}${span.code.function} in ${name(span.task)} ${time(span.start)}…${time(span.end)} ${span.outcome}`);
  }
  lines.push('', 'output');
  for (const write of timeline.output) {
    const site = timeline.sites[write.site];
    lines.push(`  ${time(write.time)} ${write.stream} ${name(write.task)}${site ? ` ${place(site)}` : ''} ${JSON.stringify(write.text)}`);
  }
  for (const error of timeline.errors) {
    const site = timeline.sites[error.site];
    lines.push(`error ${time(error.time)} ${error.kind} ${error.type}: ${error.message}${site ? ` at ${place(site)}` : ''}`);
  }
  if (timeline.truncated) lines.push(`truncated ${timeline.truncated.reason}`);
  lines.push(`idle ${timeline.idle.map((stretch) => `${time(stretch.start)}…${time(stretch.end)}`).join(' ')}`.trimEnd());
  lines.push(`exit ${timeline.exit ?? '-'} after ${time(timeline.duration)}`);
  return `${lines.join('\n')}\n`;
}

function segment(timeline: Timeline, row: number, name: (id: number) => string): string {
  const { segments } = timeline;
  const state = stateNames[segments.state[row]];
  const parts = [`${time(segments.start[row])}…${time(segments.end[row])}`, state];
  if (state === 'suspended') {
    const wait = timeline.waits[segments.about[row]];
    parts.push(`[${wait?.kind}] ${wait?.label}`, 'at', userChain(timeline, segments.site[row]));
  } else if (state === 'ready') {
    parts.push(causeKinds[segments.cause[row]]);
    if (segments.about[row]) parts.push('by', name(segments.about[row]));
    const site = timeline.sites[segments.site[row]];
    if (site) parts.push('at', place(site));
  }
  if (segments.flags[row] & Flag.eager) parts.push(`eager in ${name(segments.about[row])}`);
  if (segments.flags[row] & Flag.measured) parts.push('measured');
  if (segments.flags[row] & Flag.open) parts.push('open');
  return parts.join(' ');
}

function userChain(timeline: Timeline, site: number): string {
  return chainOf(timeline, site)
    .filter((frame) => frame.code.user)
    .map(place)
    .join(' → ');
}

function place(site: Site): string {
  return `${site.code.function.split('.').at(-1)}:${site.line}`;
}

function outcome(outcome: Timeline['tasks'][number]['outcome'], timeline: Timeline, name: (id: number) => string): string {
  if (outcome.kind === 'pending') return '→ pending';
  if (outcome.kind === 'exception') {
    const site = timeline.sites[outcome.site];
    return `→ raised ${outcome.text}${site ? ` at ${place(site)}` : ''}`;
  }
  if (outcome.kind === 'cancelled') return `→ cancelled${outcome.by ? ` by ${name(outcome.by)}` : ''}`;
  return `→ ${outcome.text}`;
}

/** Measured times differ from run to run; the rest is exact. */
function time(seconds: number): string {
  return String(Number(seconds.toFixed(6)));
}

export function codeFile(site: Site): string {
  return basename(site.code.file);
}
