import type { Trace } from '../trace/read';
import type { Hold } from './model';

/**
 * No more is told of a call that held a step than the step took. On the virtual clock a sample counts the CPU time of the thread, with the
 * last stretch of a step that is too short to count, and with the tracer's own. On the real clock the step may end while its sample is read.
 */
export function holdsInSteps(holds: readonly Hold[], { steps, meta }: Pick<Trace, 'steps' | 'meta'>): readonly Hold[] {
  if (holds.length === 0) return holds;
  const ends = new Map(holds.map(({ loop, step, end }) => [`${loop} ${step}`, end]));
  for (let row = 0; row < steps.count; row++) {
    const key = `${steps.loop[row]} ${steps.seq[row]}`;
    if (ends.has(key)) ends.set(key, steps.end[row] - meta.origin);
  }
  return holds.map((hold) => {
    const end = Math.max(hold.start, ends.get(`${hold.loop} ${hold.step}`) ?? hold.end);
    return hold.end <= end ? hold : cutAt(hold, end);
  });
}

function cutAt(hold: Hold, end: number): Hold {
  const length = end - hold.start;
  const blocked = Math.min(hold.blocked, length);
  return {
    ...hold,
    end,
    blocked,
    computing: Math.min(hold.computing, length - blocked),
    stretches: hold.stretches
      .map(({ start, end: until }) => ({ start: Math.min(start, end), end: Math.min(until, end) }))
      .filter(({ start, end: until }) => start < until),
  };
}
