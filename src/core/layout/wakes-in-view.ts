import type { Lanes } from '../lanes/lanes';
import type { Row } from '../rows/row';
import { type Segments, State } from '../timeline/model';
import type { ViewOptions } from './scene';
import { rowsOfTask } from './window';

/** Number of wake-ups by other tasks before each row of `Segments`: 4 bytes a segment, only built when all wake-ups are shown. */
const counted = new WeakMap<Segments, Uint32Array>();

function wakesBefore({ timeline: { segments, tasks } }: Lanes): Uint32Array {
  const known = counted.get(segments);
  if (known) return known;
  const before = new Uint32Array(segments.count + 1);
  for (let row = 0; row < segments.count; row++)
    before[row + 1] = before[row] + Number(isWoken(segments, row, tasks[segments.task[row]].id));
  counted.set(segments, before);
  return before;
}

/** A task that woke itself has no arrow. */
function isWoken({ state, about }: Segments, row: number, task: number): boolean {
  return state[row] === State.ready && about[row] !== task;
}

/**
 * Number of wake-ups in view of the tasks in these rows by other tasks, drawn or not.
 * @param grows count one by one: in a live run cached counts would be outdated by the next batch
 */
export function wakesInView(
  lanes: Lanes,
  { projection, width }: Pick<ViewOptions, 'projection' | 'width'>,
  rows: readonly Row[],
  grows = false,
): number {
  const { segments, tasks } = lanes.timeline;
  const before = grows ? undefined : wakesBefore(lanes);
  const starts = { time: segments.start, step: segments.startStep };
  let sum = 0;
  for (const row of rows) {
    if (row.kind !== 'task') continue;
    const { first, to } = rowsOfTask(lanes, row.task);
    const from = projection.first(starts, -1, first, to);
    const end = projection.first(starts, width + 1, from, to);
    if (before) sum += before[end] - before[from];
    else for (let at = from; at < end; at++) sum += Number(isWoken(segments, at, tasks[row.task].id));
  }
  return sum;
}
