import { fillLoop, fillTask } from './layout-segments';
import { fillCoroutines, fillOutput } from './layout-spans';
import type { RowContext } from './layout-window';
import type { Row } from './rows';

/** Each kind of lane with what fills it: only what is in view, and at most one box a pixel. */
const fillers: { readonly [K in Row['kind']]: (row: Extract<Row, { kind: K }>, context: RowContext) => void } = {
  loop: fillLoop,
  thread: fillLoop,
  task: fillTask,
  coroutines: fillCoroutines,
  output: (_, context) => fillOutput(context),
};

export function fillRow<K extends Row['kind']>(row: Extract<Row, { kind: K }>, context: RowContext): void {
  fillers[row.kind as K](row, context);
}
