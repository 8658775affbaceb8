import { State, type Timeline } from '../timeline/model';

const all = new WeakMap<Timeline, ReadonlyMap<number, readonly number[]>>();

/** Resource id → rows of the segments in which a task waits for it, in order of their beginning. One pass over all segments, once. */
export function waitingFor(timeline: Timeline): ReadonlyMap<number, readonly number[]> {
  const { segments, waits } = timeline;
  const known = all.get(timeline);
  if (known) return known;
  const found = new Map<number, number[]>();
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const id = waits[segments.about[row]]?.fields.resource;
    if (typeof id !== 'number') continue;
    const list = found.get(id);
    if (list) list.push(row);
    else found.set(id, [row]);
  }
  for (const list of found.values()) list.sort((a, b) => segments.startStep[a] - segments.startStep[b]);
  all.set(timeline, found);
  return found;
}
