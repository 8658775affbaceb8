import { taskColor } from './colors';
import type { Lanes } from './lanes';
import { drawnEnd } from './layout-horizon';
import type { Projection } from './projection';
import type { Row } from './rows';
import type { CssPixels, Seconds } from './units';

/** Moments in the life of a task; each has a shape of its own. */
export type MarkKind = 'created' | 'result' | 'exception' | 'cancelled' | 'pending' | 'cancel' | 'problem';

export interface Mark {
  readonly kind: MarkKind;
  readonly x: CssPixels;
  /** Middle of the row. */
  readonly y: CssPixels;
  readonly color: number;
}

export function marksOf(
  lanes: Lanes,
  row: Extract<Row, { kind: 'task' }>,
  y: CssPixels,
  projection: Projection,
  width: CssPixels,
  into: Mark[],
): void {
  const { tasks, segments } = lanes.timeline;
  const task = tasks[row.task];
  const color = taskColor(row.task);
  const middle = y + row.height / 2;
  const add = (kind: MarkKind, time: Seconds, step: number) => {
    const x = projection.at(time, step);
    if (x >= -8 && x <= width + 8) into.push({ kind, x, y: middle, color });
  };
  if (task.count > 0) {
    const last = task.first + task.count - 1;
    add('created', segments.start[task.first], segments.startStep[task.first]);
    for (const segment of lanes.cancels.get(row.task) ?? [])
      add('cancel', segments.start[segment], segments.startStep[segment]);
    const end = drawnEnd(lanes, last);
    add(task.outcome.kind, end.time, end.step);
  }
  for (const error of lanes.problems.get(task.id) ?? []) add('problem', error.time, error.step);
}
