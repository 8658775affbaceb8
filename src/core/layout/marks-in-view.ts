import type { Lanes } from '../lanes/lanes';
import type { Row } from '../rows/row';
import type { Uses } from '../timeline/model';
import { hasMarks, isMarked, MARK_REACH } from './marks';
import type { ViewOptions } from './scene';

/** For each row of `Uses` how many are marked before it. */
const counted = new WeakMap<Uses, Uint32Array>();

function marksBefore(uses: Uses): Uint32Array {
  const known = counted.get(uses);
  if (known) return known;
  const before = new Uint32Array(uses.count + 1);
  for (let row = 0; row < uses.count; row++) before[row + 1] = before[row] + Number(isMarked(uses.what[row]));
  counted.set(uses, before);
  return before;
}

/** How many marks of the lanes beside the tasks there are in view: those that are drawn, and those that are too close to others. */
export function sideMarksInView(
  lanes: Lanes,
  { projection, width }: Pick<ViewOptions, 'projection' | 'width'>,
  rows: readonly Row[],
): number {
  const { resources, uses } = lanes.timeline;
  const before = marksBefore(uses);
  const places = { time: uses.time, step: uses.step };
  let sum = 0;
  for (const row of rows) {
    if (row.kind !== 'side' || !hasMarks(lanes, row.lane)) continue;
    const { first, count } = resources[lanes.sides[row.lane].resource];
    const from = projection.first(places, -MARK_REACH, first, first + count);
    sum += before[projection.first(places, width + MARK_REACH, from, first + count)] - before[from];
  }
  return sum;
}
