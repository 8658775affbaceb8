import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Stuck, Timeline } from './model';
import { resourceOf } from './resource-state';

/** Ids of the tasks that could never go on when the run was stopped, or interrupted (the last time), and when that was. */
export function stuckTasks({ events }: Trace): { readonly ids: ReadonlySet<number>; readonly step: number } {
  const ids = new Set<number>();
  let step = 0;
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.stuck) continue;
    if (events.seq[i] > step) ids.clear();
    step = Math.max(step, events.seq[i]);
    ids.add(events.a[i]);
  }
  return { ids, step };
}

/** Tasks that have to do with each other: one waits for another, they wait for one and the same thing, or in one line for what nobody does. */
export function together(stuck: readonly Stuck[], timeline: Timeline): Stuck[][] {
  // A forest: each key leads to another one of its group, in the end to the one that stands for it.
  const above = new Map<string, string>();
  const head = (key: string): string => {
    let top = key;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    for (let at = key; at !== top; ) {
      const next = above.get(at)!;
      above.set(at, top);
      at = next;
    }
    return top;
  };
  for (const each of stuck) {
    const [own, ...others] = keysOf(each, timeline);
    for (const other of others) {
      const [one, two] = [head(own), head(other)];
      if (one !== two) above.set(two, one);
    }
  }
  const groups = new Map<string, Stuck[]>();
  for (const each of stuck) {
    const key = head(`task ${each.task}`);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

function keysOf({ task, segment, on }: Stuck, timeline: Timeline): string[] {
  const { segments, waits } = timeline;
  const resource = resourceOf(timeline, waits[segments.about[segment]]?.fields.resource);
  const keys = [`task ${task}`, ...on.map((id) => `task ${id}`), ...(resource ? [`resource ${resource.id}`] : [])];
  return keys.length === 1 ? [...keys, `site ${segments.site[segment]}`] : keys;
}
