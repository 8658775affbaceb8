import { isHousekeeping } from '../timeline/library-tasks';
import { LoopKind } from '../timeline/loop-entries';
import type { Seconds } from '../units';
import type { Lanes } from './lanes';

/** A callback of the clean-up is quick; one that takes longer is worth seeing. */
const QUICK: Seconds = 0.001;

/**
 * How many steps there are to see while tasks of libraries are hidden. `asyncio.run()` ends with tasks of its own that have no lane
 * then; in a small program they would take a quarter of the *Steps* axis.
 */
export function shownSteps(lanes: Lanes): number {
  let known = shown.get(lanes);
  if (known === undefined) {
    known = find(lanes);
    shown.set(lanes, known);
  }
  return known;
}

const shown = new WeakMap<Lanes, number>();

function find({ loop, timeline, horizon }: Lanes): number {
  const { steps, segments, tasks, output, logs, errors } = timeline;
  if (horizon.steps > steps) return steps;
  let first = loop.count;
  let cleansUp = false;
  for (; first > 0; first--) {
    const entry = first - 1;
    const length = loop.end[entry] - loop.start[entry];
    if (loop.kind[entry] === LoopKind.step) {
      if (!isHousekeeping(tasks[segments.task[loop.ref[entry]]])) break;
      cleansUp = true;
    } else if (length > (loop.kind[entry] === LoopKind.idle ? 0 : QUICK)) break;
  }
  if (!cleansUp || first === 0) return steps;
  let last = loop.endStep[first - 1];
  // What is said while asyncio cleans up is seen.
  for (const said of [output, logs, errors])
    for (const { step } of said) last = Math.max(last, Math.min(steps, step + 1));
  return last;
}
