import type { Resource, Timeline } from '../timeline/model';
import { type Hold, holdsOf } from '../timeline/resource-state';
import { barrierStates, Use, type UseName, useNames } from '../timeline/resources';
import type { Seconds } from '../units';
import type { FrameJson } from './frame';

export interface ResourceJson {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly type: string | null;
  readonly site: FrameJson | null;
  /** Of a queue, `null`: no limit. */
  readonly maxsize?: number | null;
  readonly permits?: number | null;
  readonly parties?: number;
  readonly lock?: number;
  readonly holds?: readonly HoldJson[];
  readonly uses: readonly UseJson[];
}

export interface HoldJson {
  readonly task: number | null;
  readonly site: FrameJson | null;
  readonly start: Seconds;
  readonly end: Seconds | null;
  readonly startStep: number;
  readonly endStep: number | null;
}

export interface UseJson {
  readonly time: Seconds;
  readonly step: number;
  readonly what: UseName;
  readonly task: number | null;
  readonly site: FrameJson | null;
  readonly left?: number;
  readonly size?: number;
  readonly items?: number;
  readonly unfinished?: number;
  readonly woken?: number;
  readonly inside?: number;
  readonly state?: string;
  readonly immediate?: boolean;
}

type Frames = (site: number) => FrameJson | null;

/** A resource without its uses. */
export function resourceHead(timeline: Timeline, resource: Resource, frame: Frames): Omit<ResourceJson, 'uses'> {
  const { id, kind, name, type, site, maxsize, value, parties, lock } = resource;
  return {
    id,
    kind,
    name,
    type: type ?? null,
    site: frame(site),
    ...(kind === 'queue' ? { maxsize: maxsize || null } : {}),
    ...(kind === 'semaphore' ? { permits: value ?? null } : {}),
    ...(parties === undefined ? {} : { parties }),
    ...(lock === undefined ? {} : { lock }),
    ...(kind === 'lock' || kind === 'semaphore'
      ? { holds: holdsOf(timeline, resource).map((hold) => holdJson(hold, frame)) }
      : {}),
  };
}

function holdJson({ task, site, start, end, startStep, endStep }: Hold, frame: Frames): HoldJson {
  return { task: task || null, site: frame(site), start, end: end ?? null, startStep, endStep: endStep ?? null };
}

/** Row i of the uses. */
export function useJson({ uses }: Timeline, i: number, { kind }: Resource, frame: Frames): UseJson {
  const what = uses.what[i];
  return {
    time: uses.time[i],
    step: uses.step[i],
    what: useNames[what],
    task: uses.task[i] || null,
    site: frame(uses.site[i]),
    ...measureOf(what, uses.value[i], uses.items[i]),
    ...(kind === 'queue' ? { unfinished: uses.rest[i] } : {}),
  };
}

function measureOf(what: number, value: number, items: number): Partial<UseJson> {
  if (what === Use.acquired || what === Use.released) return { left: value };
  if (what === Use.put || what === Use.got || what === Use.drained) return { items, size: value };
  if (what === Use.notified) return { woken: value };
  if (what === Use.arrived || what === Use.left) return { inside: value };
  if (what === Use.turned) return { state: barrierStates[value] ?? 'filling' };
  return what === Use.shutdown ? { immediate: value === 1 } : {};
}
