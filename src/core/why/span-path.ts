import type { NamedSpan, Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import { requestOf } from '../timeline/spans';
import { lastBefore } from '../timeline/tasks';
import { type CriticalPath, pathTo } from './path';

/** What a path may be asked of: the end of a segment (row of `Segments`), or why a span took as long as it did. */
export type WhyAsked = number | { readonly span: number };

export function areSameAsked(one: WhyAsked | undefined, other: WhyAsked | undefined): boolean {
  return typeof one === 'object' && typeof other === 'object' ? one.span === other.span : one === other;
}

/** @returns undefined if a span has no task, or nothing is known of what that did */
export function pathOfAsked(timeline: Timeline, asked: WhyAsked): CriticalPath | undefined {
  if (typeof asked === 'number') return pathTo(timeline, asked);
  const span = timeline.spans[asked.span];
  const row = rowAtEnd(timeline, span);
  if (row === undefined) return undefined;
  return { ...pathTo(timeline, row, { since: span.start, until: span.end ?? timeline.duration }), span: asked.span };
}

/** The segment in which a span ended. */
export function rowAtEnd(timeline: Timeline, { task: id, endStep }: NamedSpan): number | undefined {
  const task = taskOf(timeline, id);
  if (!task || task.count === 0) return undefined;
  const last = task.first + task.count - 1;
  return endStep === undefined ? last : lastBefore(timeline.segments, task.first, task.count, endStep + 1);
}

/** The request that a task serves, as an index into `Timeline.spans`; undefined if it serves none. */
export function requestIndex(timeline: Timeline, task: number): number | undefined {
  const request = requestOf(timeline, task);
  return request && timeline.spans.indexOf(request);
}
