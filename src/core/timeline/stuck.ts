import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Stuck, Timeline } from './model';
import { resourceOf } from './resource-state';

/** Ids of the tasks that could never go on when the run was stopped. */
export function stuckTasks({ events }: Trace): ReadonlySet<number> {
  const found = new Set<number>();
  for (let i = 0; i < events.count; i++) if (events.kind[i] === EventKind.stuck) found.add(events.a[i]);
  return found;
}

/** Tasks that have to do with each other: one waits for another, or they wait for one and the same thing. */
export function together(stuck: readonly Stuck[], timeline: Timeline): Stuck[][] {
  const groups = new Map<string, Stuck[]>();
  const join = (keys: readonly string[], each: readonly Stuck[]) => {
    const known = [...new Set(keys.flatMap((key) => groups.get(key) ?? []))];
    const all = [...new Set([...known, ...each])];
    for (const one of all) for (const key of [...keysOf(one, timeline), ...keys]) groups.set(key, all);
  };
  for (const each of stuck) join(keysOf(each, timeline), [each]);
  return [...new Set(groups.values())];
}

function keysOf({ task, segment, on }: Stuck, timeline: Timeline): string[] {
  const wait = timeline.waits[timeline.segments.about[segment]];
  const resource = resourceOf(timeline, wait?.fields.resource);
  return [`task ${task}`, ...on.map((id) => `task ${id}`), ...(resource ? [`resource ${resource.id}`] : [])];
}
