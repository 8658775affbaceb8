import { wakingCallback } from '../timeline/jobs';
import { State, type Timeline } from '../timeline/model';
import { causeKinds } from '../trace/records';

const all = new WeakMap<Timeline, ReadonlyMap<number, readonly number[]>>();
const CREATED = causeKinds.indexOf('created');

/** Job id → the ready segments that its end, or its call from its thread, began. Looked up when it is first asked for. */
export function wokenByJobs(timeline: Timeline): ReadonlyMap<number, readonly number[]> {
  const { segments, jobs } = timeline;
  const known = all.get(timeline);
  if (known) return known;
  const found = new Map<number, number[]>();
  for (let row = 0; jobs.length > 0 && row < segments.count; row++) {
    if (segments.state[row] !== State.ready || segments.cause[row] === CREATED) continue;
    const job = wakingCallback(timeline, row)?.job;
    if (!job) continue;
    const list = found.get(job);
    if (list) list.push(row);
    else found.set(job, [row]);
  }
  all.set(timeline, found);
  return found;
}
