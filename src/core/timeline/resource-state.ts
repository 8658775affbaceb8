import { firstWhere, lowerBound } from '../sorted';
import type { Seconds } from '../units';
import type { Resource, Task, Timeline } from './model';
import { Use } from './resources';

type Known = Pick<Timeline, 'resources' | 'uses'>;

export function resourceOf({ resources }: Pick<Timeline, 'resources'>, id: unknown): Resource | undefined {
  return typeof id === 'number' ? byId(resources, id) : undefined;
}

export function taskOf({ tasks }: Pick<Timeline, 'tasks'>, id: number): Task | undefined {
  return byId(tasks, id);
}

/** Both lists are in the order of their ids. */
function byId<T extends { readonly id: number }>(list: readonly T[], id: number): T | undefined {
  const found = list[firstWhere(0, list.length, (i) => list[i].id >= id)];
  return found?.id === id ? found : undefined;
}

/** Row of the last use of a resource before a place on the steps axis; undefined if there is none. */
export function lastUse({ uses }: Known, { first, count }: Resource, step: number): number | undefined {
  const row = lowerBound(uses.step, step, first, first + count) - 1;
  return row >= first ? row : undefined;
}

/** A task that has a lock, or one permit of a semaphore. */
export interface Hold {
  /** Task id, 0 outside any task. */
  readonly task: number;
  readonly site: number;
  readonly start: Seconds;
  readonly startStep: number;
  /** Until given back; undefined: never. */
  readonly end: Seconds | undefined;
  readonly endStep: number | undefined;
}

/** Who had a lock or a permit, from when to when, in order of taking. Who gives back what another took gives back the oldest. */
export function holdsOf({ uses }: Known, { first, count }: Resource): Hold[] {
  const holds: Hold[] = [];
  const open: number[] = [];
  for (let row = first; row < first + count; row++) {
    const task = uses.task[row];
    if (uses.what[row] === Use.acquired) {
      open.push(holds.length);
      const start = { task, site: uses.site[row], start: uses.time[row], startStep: uses.step[row] };
      holds.push({ ...start, end: undefined, endStep: undefined });
    } else if (uses.what[row] === Use.released && open.length > 0) {
      const own = open.findIndex((each) => holds[each].task === task);
      const [ended] = open.splice(Math.max(0, own), 1);
      holds[ended] = { ...holds[ended], end: uses.time[row], endStep: uses.step[row] };
    }
  }
  return holds;
}

/** Ids of the tasks that have a lock or permits of a semaphore just before a place on the steps axis. */
export function holdersAt(timeline: Known, resource: Resource, step: number): number[] {
  if (resource.kind === 'lock' || resource.value === 1) {
    const row = lastUse(timeline, resource, step);
    return row !== undefined && timeline.uses.what[row] === Use.acquired ? [timeline.uses.task[row]] : [];
  }
  const before = (at: number | undefined) => at !== undefined && at < step;
  return holdsOf(timeline, resource)
    .filter(({ startStep, endStep }) => before(startStep) && !before(endStep))
    .map(({ task }) => task);
}

/** Value of the last use of one of some kinds before a place on the steps axis. */
function lastValue(timeline: Known, resource: Resource, step: number, kinds: readonly number[]): number | undefined {
  let row = lastUse(timeline, resource, step);
  while (row !== undefined && row >= resource.first && !kinds.includes(timeline.uses.what[row])) row--;
  return row === undefined || row < resource.first ? undefined : timeline.uses.value[row];
}

export function queueSize(timeline: Known, resource: Resource, step: number): number {
  return lastValue(timeline, resource, step, [Use.put, Use.got, Use.drained]) ?? 0;
}

export function unfinishedItems(timeline: Known, resource: Resource, step: number): number {
  const row = lastUse(timeline, resource, step);
  return row === undefined ? 0 : timeline.uses.rest[row];
}

export function permitsLeft(timeline: Known, resource: Resource, step: number): number {
  return lastValue(timeline, resource, step, [Use.acquired, Use.released]) ?? resource.value ?? 0;
}

export function arrivedAt(timeline: Known, resource: Resource, step: number): number {
  return lastValue(timeline, resource, step, [Use.arrived, Use.left]) ?? 0;
}
