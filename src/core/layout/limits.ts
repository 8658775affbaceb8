import { limitsOf } from '../axis/limits';
import type { Projection } from '../axis/projection';
import { taskColor } from '../colors';
import type { Lanes } from '../lanes/lanes';
import type { RowOf } from '../rows/row';
import type { CssPixels } from '../units';
import type { Mark } from './marks';

/** A time limit in its task's lane: a solid line while it was in force, and a dotted one for the time that was left. */
export interface LimitLine {
  readonly x: CssPixels;
  /** Where it was over. */
  readonly over: CssPixels;
  /** Where it was due. */
  readonly due: CssPixels;
  readonly y: CssPixels;
  readonly color: number;
}

/** Offset of the line, so that its marks do not overlap the marks of the task. */
const UNDER: CssPixels = 4;
/** Limits closer than this are drawn once. */
const NARROWEST: CssPixels = 2;

export function limitsIn(
  lanes: Lanes,
  row: RowOf<'task'>,
  y: CssPixels,
  projection: Projection,
  width: CssPixels,
  lines: LimitLine[],
  marks: Mark[],
): void {
  const { list, ofTask } = limitsOf(lanes);
  const color = taskColor(row.task);
  const bottom = y + row.height - 2;
  let last = -Infinity;
  for (const index of ofTask.get(row.task) ?? []) {
    const { set, due, over, expired } = list[index];
    const x = projection.at(set.time, set.step);
    const dueX = projection.at(due.time, due.step);
    if (x > width + 4) break;
    if (dueX < -4 || (dueX - x < NARROWEST && x - last < NARROWEST)) continue;
    last = x;
    const end = over ? Math.min(dueX, projection.at(over.time, over.step)) : dueX;
    lines.push({
      x: Math.max(x, -8),
      over: Math.min(end, width + 8),
      due: Math.min(dueX, width + 8),
      y: bottom,
      color,
    });
    if (dueX <= width + 8)
      marks.push({
        kind: expired ? 'expired' : 'kept',
        x: dueX,
        y: bottom + UNDER,
        color,
        about: { kind: 'limit', index },
      });
  }
}
