import type { Row, RowOf } from '../rows/row';
import { fillGhost, fillGhosts } from './ghosts';
import { fillGroup } from './groups';
import { fillLoop, fillTask } from './segments';
import { fillSide } from './side-lanes';
import { fillCoroutines, fillWritten } from './spans';
import type { RowContext } from './window';

/** The function that fills each kind of row with boxes: only what is in view, and at most one box per pixel. */
const fillers: { readonly [K in Row['kind']]: (row: RowOf<K>, context: RowContext) => void } = {
  loop: fillLoop,
  thread: fillLoop,
  task: fillTask,
  coroutines: fillCoroutines,
  group: fillGroup,
  section: () => {},
  side: fillSide,
  ghost: fillGhost,
  ghosts: fillGhosts,
  output: (_, context) => fillWritten(context.lanes.timeline.output, context),
  logs: (_, context) => fillWritten(context.lanes.timeline.logs, context),
};

export function fillRow<K extends Row['kind']>(row: RowOf<K>, context: RowContext): void {
  fillers[row.kind as K](row, context);
}
