import type { Lanes } from '../lanes/lanes';
import { type SectionKind, sectionKinds } from '../lanes/side-lane';
import { firstWhere } from '../sorted';
import type { Timeline } from '../timeline/model';
import type { CssPixels } from '../units';
import { heightOf, type Row, type RowHeights, type RowOptions } from './row';
import { addTasks } from './task-rows';

/** The rows of the timeline: the loop, the tree of tasks, the coroutines of opened tasks, side lanes, the output. */

/** The rows from top to bottom. */
export function rowsOf(lanes: Lanes, options: RowOptions): Row[] {
  const { folded, heights } = options;
  const rows: Row[] = lanes.loops.map((_, lane) => ({
    kind: lane === 0 ? 'loop' : 'thread',
    top: lane * heights.loop,
    height: heights.loop,
    lane,
  }));
  addTasks(lanes, options, rows);
  addSections(lanes, folded, heights, heightOf(rows), rows);
  return rows;
}

function addSections(
  { sides, timeline }: Lanes,
  folded: ReadonlySet<SectionKind>,
  heights: RowHeights,
  from: CssPixels,
  into: Row[],
): void {
  let top = from;
  const add = (row: Row) => {
    into.push(row);
    top += row.height;
  };
  for (const section of sectionKinds) {
    const own = sides.flatMap((side, lane) => (side.section === section ? [lane] : []));
    const written = (['output', 'logs'] as const).filter((kind) => section === 'output' && timeline[kind].length > 0);
    const count = own.length + written.length;
    if (count === 0) continue;
    // Without other side lanes, the output needs no heading.
    const alone = section === 'output' && sides.length === 0 && count === 1;
    const shut = !alone && folded.has(section);
    if (!alone)
      add({
        kind: 'section',
        top,
        height: heights.section,
        section,
        folded: shut,
        lanes: countOf(section, timeline) ?? count,
      });
    if (shut) continue;
    own.forEach((lane, i) => {
      const height = sides[lane].bars ? heights.bars : heights.chart;
      add({ kind: 'side', top, height, lane, position: i + 1, siblings: own.length });
    });
    for (const kind of written) add({ kind, top, height: heights.output });
  }
}

/** How many things a section is about, where that is not how many lanes it has: a request has no lane of its own. */
function countOf(section: SectionKind, { spans }: Timeline): number | undefined {
  if (section !== 'requests' && section !== 'spans') return undefined;
  const kind = section === 'requests' ? 'request' : 'span';
  return spans.filter((span) => span.kind === kind).length;
}

/** The row at a height, by bisection; undefined above and below all rows. */
export function rowAt(rows: readonly Row[], y: CssPixels): Row | undefined {
  const row = rows[firstWhere(0, rows.length, (i) => y < rows[i].top + rows[i].height)];
  return row && y >= row.top ? row : undefined;
}
