import { indexLoop, type LoopIndex, LoopKind } from '../timeline/loop-entries';
import type { Timeline } from '../timeline/model';
import type { Seconds } from '../units';

/** What the event loop did while tasks were suspended at a place. */
export interface Meanwhile {
  /** How long at least one of them was suspended there. */
  readonly waited: Seconds;
  /** How much of that time the loop was idle. */
  readonly idle: Seconds;
  /** What ran in that time, the longest first, then those with the most turns. */
  readonly runners: readonly Runner[];
}

export interface Runner {
  /** Index into `Timeline.tasks`; undefined: callbacks. */
  readonly task: number | undefined;
  readonly turns: number;
  readonly time: Seconds;
}

/** A stretch of time in which at least one task was suspended there. */
interface Stretch {
  readonly start: Seconds;
  readonly startStep: number;
  end: Seconds;
  endStep: number;
}

/**
 * @param visits rows of suspended segments, in the order in which they began.
 * What runs during two visits at once counts once: shares are of the time in which at least one task was suspended there.
 */
export function meanwhile(timeline: Timeline, visits: Uint32Array): Meanwhile {
  const index = loopOf(timeline);
  const runners = new Map<number, { turns: number; time: Seconds }>();
  let waited = 0;
  let idle = 0;
  for (const [loop, stretches] of stretchesByLoop(timeline, visits)) {
    waited += stretches.reduce((sum, { start, end }) => sum + end - start, 0);
    let at = 0;
    for (let i = 0; i < index.count && at < stretches.length; i++) {
      // The first step of an eager task is part of the step that it lies in.
      if (index.loop[i] !== loop || index.nested[i]) continue;
      while (at < stretches.length && stretches[at].endStep <= index.startStep[i]) at++;
      const stretch = stretches[at];
      if (!stretch || index.endStep[i] <= stretch.startStep) continue;
      const time = Math.max(0, Math.min(index.end[i], stretch.end) - Math.max(index.start[i], stretch.start));
      if (index.kind[i] === LoopKind.idle) idle += time;
      else add(runners, taskOf(timeline, index, i), time);
    }
  }
  const found = [...runners].map(([task, of]) => ({ task: task < 0 ? undefined : task, ...of }));
  return { waited, idle, runners: found.sort((a, b) => b.time - a.time || b.turns - a.turns) };
}

function taskOf({ segments }: Timeline, index: LoopIndex, entry: number): number {
  return index.kind[entry] === LoopKind.step ? segments.task[index.ref[entry]] : -1;
}

function add(runners: Map<number, { turns: number; time: Seconds }>, task: number, time: Seconds): void {
  const known = runners.get(task);
  if (known) {
    known.turns++;
    known.time += time;
  } else runners.set(task, { turns: 1, time });
}

function stretchesByLoop({ segments, tasks }: Timeline, visits: Uint32Array): Map<number, Stretch[]> {
  const byLoop = new Map<number, Stretch[]>();
  for (const row of visits) {
    const { loop } = tasks[segments.task[row]];
    const known = byLoop.get(loop) ?? [];
    if (known.length === 0) byLoop.set(loop, known);
    const last = known.at(-1);
    const [startStep, endStep] = [segments.startStep[row], segments.endStep[row]];
    if (last && startStep <= last.endStep) {
      last.end = Math.max(last.end, segments.end[row]);
      last.endStep = Math.max(last.endStep, endStep);
    } else known.push({ start: segments.start[row], end: segments.end[row], startStep, endStep });
  }
  return byLoop;
}

const all = new WeakMap<Timeline, LoopIndex>();

function loopOf(timeline: Timeline): LoopIndex {
  const known = all.get(timeline) ?? indexLoop(timeline);
  all.set(timeline, known);
  return known;
}
