import { userSite } from '../places/chain';
import { firstWhere } from '../sorted';
import type { Timeline, WrongThreadCall } from '../timeline/model';
import type { Common } from './problem';

/** Calls into a loop from another thread that are made for the loop's own thread only. */

export interface NotThreadSafe extends Common {
  readonly kind: 'not-thread-safe';
  readonly thread: string;
}

export function notThreadSafe(timeline: Timeline): NotThreadSafe[] {
  const groups = new Map<string, NotThreadSafe>();
  for (const crossing of timeline.wrongThreadCalls) {
    const site = userSite(timeline, crossing.site);
    const key = `${site?.code.file}:${site?.line}`;
    const cost = sleptAfter(timeline, crossing);
    const known = groups.get(key);
    if (known) {
      groups.set(key, { ...known, times: known.times + 1, cost: Math.max(known.cost, cost) });
      continue;
    }
    groups.set(key, {
      kind: 'not-thread-safe',
      severity: 'warning',
      task: 0,
      segment: undefined,
      site: crossing.site,
      start: crossing.time,
      startStep: crossing.step,
      end: cost > 0 ? crossing.time + cost : undefined,
      cost,
      times: 1,
      thread: crossing.thread,
    });
  }
  return [...groups.values()];
}

/** How long the loop went on sleeping: nothing woke it. On the virtual clock it looks by itself. */
function sleptAfter({ idle, meta }: Timeline, { loop, time }: WrongThreadCall): number {
  if (meta.clock === 'virtual') return 0;
  // Sleeps are in order; those of other loops may stand between.
  let at = firstWhere(0, idle.length, (i) => idle[i].start > time) - 1;
  while (at >= 0 && idle[at].loop !== loop) at--;
  return at >= 0 && idle[at].end > time ? idle[at].end - time : 0;
}

/** That a task was ready in vain is told by the call that made it so. */
export function isTold({ wrongThreadCalls }: Timeline, start: number): boolean {
  return wrongThreadCalls.some(({ time }) => Math.abs(time - start) < 1e-3);
}
