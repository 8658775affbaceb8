import { select } from 'd3-selection';
import type { Scene, SceneRow } from '../../src/core/layout/scene';
import { isLoopRow } from '../../src/core/rows/row';
import type { CssPixels } from '../../src/core/units';
import type { PathPart } from '../../src/core/why/path';
import { pathOf } from '../state/derived';
import type { State } from '../state/store';

/** Draws the critical path: everything else is dimmed, and lines lead from task to task. */

/** Least width of a part of the path. */
const LEAST: CssPixels = 3;

interface Stretch {
  readonly from: CssPixels;
  readonly to: CssPixels;
  readonly place: SceneRow | undefined;
}

export function drawCriticalPath(element: SVGSVGElement, scene: Scene, state: State): void {
  const path = pathOf(state);
  const stretches = path && state.lanes ? path.parts.map((part) => stretchOf(part, scene, state)) : [];
  const shapes = path
    ? [
        { part: 'veil', shape: dimmedShape(scene, stretches) },
        { part: 'halo', shape: linksShape(stretches) },
        { part: 'line', shape: linksShape(stretches) },
      ]
    : [];
  select(element)
    .selectAll<SVGPathElement, { part: string; shape: string }>('path.why')
    .data(shapes)
    .join((entered) => entered.insert('path', ':first-child'))
    .attr('class', ({ part }) => `why ${part}`)
    .attr('d', ({ shape }) => shape)
    .order();
}

function stretchOf({ segment, start, end }: PathPart, { projection, rows }: Scene, { lanes }: State): Stretch {
  const { segments } = lanes!.timeline;
  if (segment === undefined) {
    const [from, to] = [projection.at(start, 0), projection.at(end, 0)];
    return { from, to, place: undefined };
  }
  const task = segments.task[segment];
  return {
    from: projection.at(start, segments.startStep[segment]),
    to: projection.at(end, segments.endStep[segment]),
    place: rows.find(({ row }) => row.kind === 'task' && row.task === task),
  };
}

/** A shape over the whole stage with holes for the parts in view. Touching holes of one lane are merged: overlapping ones would cancel each other out. */
function dimmedShape({ width, height, rows }: Scene, stretches: readonly Stretch[]): string {
  const holes = new Map<SceneRow, [CssPixels, CssPixels][]>();
  for (const { from, to, place } of stretches) {
    const left = Math.max(from, 0);
    const right = Math.min(Math.max(to, from + LEAST), width);
    if (!place || right <= left) continue;
    const list = holes.get(place) ?? [];
    const last = list.at(-1);
    if (last && left <= last[1]) last[1] = Math.max(last[1], right);
    else list.push([left, right]);
    holes.set(place, list);
  }
  // Do not dim the lane of the event loop: it shows everything that ran.
  const top = rows[0] && isLoopRow(rows[0].row) ? rows[0].y + rows[0].row.height : 0;
  let shape = `M0,${top}H${width}V${height}H0Z`;
  for (const [{ y, row }, list] of holes) {
    const [above, below] = [Math.max(y, top), y + row.height];
    if (below <= above) continue;
    for (const [left, right] of list) shape += `M${left},${above}V${below}H${right}V${above}Z`;
  }
  return shape;
}

/** Lines from each task to the next one on the path. */
function linksShape(stretches: readonly Stretch[]): string {
  let shape = '';
  let last: Stretch | undefined;
  for (const next of stretches) {
    if (!next.place) continue;
    if (last?.place && last.place !== next.place) shape += `M${next.from},${middle(last.place)}V${middle(next.place)}`;
    last = next;
  }
  return shape;
}

function middle({ y, row }: SceneRow): CssPixels {
  return y + row.height / 2;
}
