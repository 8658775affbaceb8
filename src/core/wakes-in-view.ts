import type { Lanes } from './lanes';
import type { ViewOptions } from './layout';
import { rowsOfTask } from './layout-window';
import { type Segments, State } from './model';
import type { Row } from './rows';

/** For each row of `Segments` how many wake-ups by others there are before it: 4 bytes a segment, for those who ask for all wake-ups. */
const counted = new WeakMap<Segments, Uint32Array>();

function wakesBefore({ timeline: { segments, tasks } }: Lanes): Uint32Array {
  const known = counted.get(segments);
  if (known) return known;
  const before = new Uint32Array(segments.count + 1);
  for (let row = 0; row < segments.count; row++) {
    // A task that woke itself has no arrow.
    const woken = segments.state[row] === State.ready && segments.about[row] !== tasks[segments.task[row]].id;
    before[row + 1] = before[row] + Number(woken);
  }
  counted.set(segments, before);
  return before;
}

/** How many wake-ups of the tasks in these rows, by others than themselves, are in view: those that are drawn, and those that are not. */
export function wakesInView(
  lanes: Lanes,
  { projection, width }: Pick<ViewOptions, 'projection' | 'width'>,
  rows: readonly Row[],
): number {
  const before = wakesBefore(lanes);
  const { start, startStep } = lanes.timeline.segments;
  const starts = { time: start, step: startStep };
  let sum = 0;
  for (const row of rows) {
    if (row.kind !== 'task') continue;
    const { first, to } = rowsOfTask(lanes, row.task);
    const from = projection.first(starts, -1, first, to);
    sum += before[projection.first(starts, width + 1, from, to)] - before[from];
  }
  return sum;
}
