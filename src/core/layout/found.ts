import type { RowOf } from '../rows/row';
import type { Found } from '../rows/search';
import { firstWhere } from '../sorted';
import type { Bar } from './scene';
import { type RowContext, rightOf, rowsOfTask, windowOf } from './window';

/** The bars that a search highlights in a task's lane: segments that wait for what was searched; the whole lane if the task itself matches. */
export function foundIn(found: Found, { task }: RowOf<'task'>, row: number, context: RowContext, into: Bar[]): void {
  const { projection, lanes, width } = context;
  const edge = windowOf(context, lanes.timeline.segments);
  const rows = rowsOfTask(lanes, task);
  const { starts } = edge;
  const own = lanes.timeline.tasks[task];
  if (found.tasks[task] && own.count > 0) {
    const last = own.first + own.count - 1;
    const x = Math.max(-1, projection.at(starts.time[own.first], starts.step[own.first]));
    const end = Math.min(width + 1, rightOf(context, edge, rows, last));
    if (end >= x) into.push({ x, width: Math.max(3, end - x), row });
    return;
  }
  const { segments, firsts } = found;
  const left = (i: number) => projection.at(starts.time[segments[i]], starts.step[segments[i]]);
  const right = (i: number) => rightOf(context, edge, rows, segments[i]);
  const to = firsts[task + 1];
  for (let i = firstWhere(firsts[task], to, (at) => right(at) >= edge.left); i < to; i++) {
    const x = Math.max(-1, left(i));
    if (x > edge.right) break;
    const end = Math.min(width + 1, right(i));
    into.push({ x, width: Math.max(3, end - x), row });
    // At most one a pixel.
    const beyond = Math.max(end, x + 1);
    if (i + 1 < to && left(i + 1) < beyond) i = firstWhere(i + 1, to, (at) => left(at) >= beyond) - 1;
  }
}
