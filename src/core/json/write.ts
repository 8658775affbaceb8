import type { Task, Timeline } from '../timeline/model';
import { terminalJson } from '../words/terminal';
import { findingsOf } from './findings';
import { JsonBuilder } from './json';

/**
 * The JSON text of a timeline in pieces, one line an item: readable, and a million segments need no memory of their own.
 * The same value as `timelineJson`.
 */
export function* jsonText(timeline: Timeline): Generator<string> {
  const build = new JsonBuilder(timeline);
  yield `{\n${members(build.head())},\n`;
  yield '"tasks": [';
  let separator = '\n';
  for (const task of timeline.tasks) {
    yield `${separator}{${inline(build.task(task))}, "segments": [`;
    yield* rows(task, (i) => build.segment(i));
    yield ']}';
    separator = ',\n';
  }
  yield '\n],\n';
  yield* list('coroutines', timeline.coroutines, (span) => build.coroutine(span));
  yield '"resources": [';
  separator = '\n';
  for (const resource of timeline.resources) {
    yield `${separator}{${inline(build.resource(resource))}, "uses": [`;
    yield* rows(resource, (i) => build.use(i, resource));
    yield ']}';
    separator = ',\n';
  }
  yield '\n],\n';
  yield* list('contexts', timeline.contexts, (context) => build.context(context));
  yield* list('spans', timeline.spans, (span) => build.span(span));
  yield* list('output', timeline.output, (write) => build.output(write));
  yield* list('logs', timeline.logs, (log) => build.log(log));
  yield* list('errors', timeline.errors, (error) => build.error(error));
  yield* list('findings', findingsOf(timeline), (problem) => build.finding(problem));
  yield* list('jobs', timeline.jobs, (job) => build.job(job));
  yield* list('deadlines', timeline.deadlines, (deadline) => build.deadline(deadline));
  yield* list('ties', timeline.ties, (tie) => build.tie(tie));
  yield* list('timeGiven', timeline.timeGiven, (given) => build.timeGiven(given));
  yield* list('loops', timeline.loops, (loop) => build.eventLoop(loop));
  yield '"loop": {\n';
  yield* list('idle', timeline.idle, (stretch) => build.idle(stretch));
  yield '"callbacks": [';
  yield* items(timeline.callbacks, (run) => build.callback(run));
  yield '\n]\n}\n}\n';
}

function* rows({ first, count }: Pick<Task, 'first' | 'count'>, convert: (row: number) => unknown): Generator<string> {
  let batch = '';
  for (let i = first; i < first + count; i++) {
    batch += `${i === first ? '' : ','}\n  ${jsonOf(convert(i))}`;
    if (batch.length < 1 << 16) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

function* list<T>(name: string, all: readonly T[], convert: (item: T) => unknown): Generator<string> {
  yield `${jsonOf(name)}: [`;
  yield* items(all, convert);
  yield '\n],\n';
}

function* items<T>(all: readonly T[], convert: (item: T) => unknown): Generator<string> {
  let batch = '';
  for (let i = 0; i < all.length; i++) {
    batch += `${i === 0 ? '' : ','}\n${jsonOf(convert(all[i]))}`;
    if (batch.length < 1 << 16) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

function members(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => `${jsonOf(name)}: ${jsonOf(member)}`)
    .join(',\n');
}

function inline(value: object): string {
  return jsonOf(value).slice(1, -1);
}

function jsonOf(value: unknown): string {
  return terminalJson(JSON.stringify(value));
}
