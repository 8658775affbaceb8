import { select } from 'd3-selection';
import type { Scene } from '../../src/core/layout/scene';
import type { Stretch } from '../../src/core/timeline/moment';
import type { State } from '../state/store';

/** Marks the range in the picture. One that follows the view is all that is seen: it needs no mark. */
export function drawRange(element: SVGSVGElement, { projection, width, height }: Scene, state: State): void {
  const { range, rangeFollows } = state;
  const shown = range && !rangeFollows ? [range] : [];
  const left = ({ start, startStep }: Stretch) => Math.max(-2, projection.at(start, startStep));
  const right = ({ end, endStep }: Stretch) => Math.min(width + 2, projection.at(end, endStep));
  select(element)
    .selectAll<SVGRectElement, Stretch>('rect.range')
    .data(shown.filter((stretch) => right(stretch) >= left(stretch)))
    .join('rect')
    .attr('class', 'range')
    .attr('x', left)
    .attr('y', -2)
    .attr('width', (stretch) => Math.max(1, right(stretch) - left(stretch)))
    .attr('height', height + 4);
}
