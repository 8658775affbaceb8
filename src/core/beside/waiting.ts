import { State, type Timeline } from '../model';

const all = new WeakMap<Timeline, ReadonlyMap<number, readonly number[]>>();

/** Resource id → rows of the segments in which a task waits for it, in order of their beginning. One pass over all segments, once. */
export function waitingFor(timeline: Timeline): ReadonlyMap<number, readonly number[]> {
  const { segments, waits } = timeline;
  const known = all.get(timeline);
  if (known) return known;
  const resources = Uint32Array.from(waits, (wait) =>
    typeof wait?.fields.resource === 'number' ? wait.fields.resource : 0,
  );
  const found = new Map<number, number[]>();
  if (resources.some((id) => id > 0)) {
    for (let row = 0; row < segments.count; row++) {
      if (segments.state[row] !== State.suspended) continue;
      const id = resources[segments.about[row]];
      if (!id) continue;
      const list = found.get(id);
      if (list) list.push(row);
      else found.set(id, [row]);
    }
  }
  for (const list of found.values()) list.sort((a, b) => segments.startStep[a] - segments.startStep[b]);
  all.set(timeline, found);
  return found;
}
