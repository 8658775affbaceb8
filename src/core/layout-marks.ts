import { taskColor } from './colors';
import type { Lanes } from './lanes';
import type { Projection } from './layout-window';
import type { Row } from './rows';
import type { CssPixels } from './units';

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
  const { horizon } = lanes;
  const { tasks, segments } = lanes.timeline;
  const task = tasks[row.task];
  const color = taskColor(row.task);
  const time = projection.axis === 'time';
  const middle = y + row.height / 2;
  const add = (kind: MarkKind, value: number) => {
    const x = value * projection.scale + projection.offset;
    if (x >= -8 && x <= width + 8) into.push({ kind, x, y: middle, color });
  };
  if (task.count > 0) {
    const last = task.first + task.count - 1;
    const starts = time ? segments.start : segments.startStep;
    add('created', starts[task.first]);
    for (const segment of lanes.cancels.get(row.task) ?? []) add('cancel', starts[segment]);
    add(task.outcome.kind, time ? horizon.end[last] : horizon.endStep[last]);
  }
  for (const error of lanes.problems.get(task.id) ?? []) add('problem', time ? error.time : error.step);
}
