import { userSite } from '../places/chain';
import { type Finding, type Resource, State, type Task, type Timeline } from '../timeline/model';
import { type Hold, holdsOf, resourceOf, taskOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import { blamed } from '../words/deadlocks';
import { oneLine } from '../words/labels';
import { taskMention } from '../words/tasks';

/** A lock or a semaphore for which tasks wait, and that nobody will release. */
export interface Unreleased {
  readonly resource: Resource;
  /** A task that ended while it held it; of a nested semaphore, one that waits for another permit. */
  readonly holder: Task;
  readonly hold: Hold;
  /** Whether all permits are held by tasks that wait for another permit of the same semaphore. */
  readonly nested: boolean;
}

/** Why a lock or a semaphore is not released; undefined if its holders can still do that, or nobody waits for one. */
export function unreleased(timeline: Timeline, finding: Finding): Unreleased | undefined {
  const { segments, waits } = timeline;
  const wanted = (segment: number) => resourceOf(timeline, waits[segments.about[segment]]?.fields.resource);
  for (const { segment } of blamed(timeline, finding)) {
    const resource = wanted(segment);
    const waiting = finding.stuck.filter((each) => wanted(each.segment) === resource).map(({ task }) => task);
    const found = resource && unreleasedAt(timeline, resource, finding.startStep, new Set(waiting));
    if (found) return found;
  }
  return undefined;
}

/**
 * The same for one lock or semaphore.
 * @param step on the steps axis: what was acquired up to there counts
 * @param waiting ids of the tasks that wait for it
 */
export function unreleasedAt(
  timeline: Timeline,
  resource: Resource,
  step: number,
  waiting: ReadonlySet<number>,
): Unreleased | undefined {
  if (resource.kind !== 'lock' && resource.kind !== 'semaphore') return undefined;
  const holds = holdsOf(timeline, resource).filter(
    ({ task, endStep, startStep }) => task !== 0 && endStep === undefined && startStep <= step,
  );
  for (const hold of holds) {
    const holder = taskOf(timeline, hold.task);
    if (holder && holder.outcome.kind !== 'pending') return { resource, holder, hold, nested: false };
  }
  const [first] = holds;
  const holder = first && taskOf(timeline, first.task);
  if (holder && resource.kind === 'semaphore' && holds.every(({ task }) => waiting.has(task)))
    return { resource, holder, hold: first, nested: true };
  return undefined;
}

/** How it came that nobody releases it. */
export function unreleasedReason(timeline: Timeline, kept: Unreleased, t: Translate): string {
  const { resource, holder, hold, nested } = kept;
  if (nested)
    return t(
      'Each task that holds a permit of {0} waits for another one, and none is left: nobody can release any.',
      resource.name,
    );
  const line = userSite(timeline, hold.site || queuedAt(timeline, kept))?.line ?? '?';
  const { outcome } = holder;
  const name = taskMention(holder);
  switch (outcome.kind) {
    case 'cancelled':
      return t(
        '{0} acquired {1} at line {2} and was cancelled before it released it. Nobody else can.',
        name,
        resource.name,
        line,
      );
    case 'exception':
      return t(
        '{0} acquired {1} at line {2} and failed with {3} before it released it. Nobody else can.',
        name,
        resource.name,
        line,
        oneLine(outcome.text),
      );
    default:
      return t('{0} acquired {1} at line {2} and ended without releasing it.', name, resource.name, line);
  }
}

/** The record of a permit that is handed on has no place. The task that got it stood where it queued. */
function queuedAt({ segments, waits }: Timeline, { holder, resource }: Unreleased): number {
  for (let row = holder.first; row < holder.first + holder.count; row++)
    if (segments.state[row] === State.suspended && waits[segments.about[row]]?.fields.resource === resource.id)
      return segments.site[row];
  return 0;
}
