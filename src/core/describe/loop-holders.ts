import type { Lanes } from '../lanes/lanes';
import { lowerBound } from '../sorted';
import { LoopKind } from '../timeline/loop-entries';
import type { Seconds } from '../units';

/** A task or callback that ran in a stretch of time, and for how long. */
export interface Holder {
  /** Index into `Timeline.tasks`; undefined: a callback. */
  readonly task: number | undefined;
  /** Row of `LoopIndex`: the longest of its turns in that time. */
  readonly entry: number;
  readonly duration: Seconds;
}

/** What ran during a segment other than its own task, the longest first. Turns of no length are left out. */
export function ranDuring({ timeline, loop }: Lanes, segment: number): Holder[] {
  const { segments } = timeline;
  const [from, to] = [segments.start[segment], segments.end[segment]];
  const found = new Map<string, Holder & { readonly longest: Seconds }>();
  let i = Math.max(0, lowerBound(loop.start, from, 0, loop.count) - 1);
  while (i > 0 && loop.nested[i]) i--;
  for (; i < loop.count && loop.start[i] < to; i++) {
    // The first step of an eager task is part of its parent's step: do not count it twice.
    if (loop.kind[i] === LoopKind.idle || loop.nested[i]) continue;
    const share = Math.min(loop.end[i], to) - Math.max(loop.start[i], from);
    if (share <= 0) continue;
    const task = loop.kind[i] === LoopKind.step ? segments.task[loop.ref[i]] : undefined;
    if (task === segments.task[segment]) continue;
    const key = task === undefined ? `callback ${timeline.callbacks[loop.ref[i]].name}` : `task ${task}`;
    const before = found.get(key);
    const longer = !before || share > before.longest;
    found.set(key, {
      task,
      entry: longer ? i : before.entry,
      duration: (before?.duration ?? 0) + share,
      longest: longer ? share : before.longest,
    });
  }
  return [...found.values()]
    .map(({ task, entry, duration }) => ({ task, entry, duration }))
    .sort((a, b) => b.duration - a.duration);
}
