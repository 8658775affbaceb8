import { fillSide } from './beside/fill';
import { fillGhost, fillGhosts } from './compare/ghost-layout';
import { fillGroup } from './layout-groups';
import { fillLoop, fillTask } from './layout-segments';
import { fillCoroutines, fillWritten } from './layout-spans';
import type { RowContext } from './layout-window';
import type { Row, RowOf } from './rows';

/** Each kind of lane with what fills it: only what is in view, and at most one box a pixel. */
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
