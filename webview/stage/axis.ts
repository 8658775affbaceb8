import { axisTop } from 'd3-axis';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import type { SceneFold } from '../../src/core/axis/folds';
import type { Tick } from '../../src/core/layout/ticks';
import { type CssPixels, formatDuration } from '../../src/core/units';
import { svg } from '../page/dom';
import type { State } from '../state/store';

/** Where folds are marked: the strip along the axis' lower edge. */
const EDGE: CssPixels = 23;
/** Gap between the labels at both ends of a fold. */
const ROOM_FOR_LENGTH: CssPixels = 100;

/** A digit of a tick's label, not too narrow. */
const LETTER: CssPixels = 7;

/** A D3 axis above the lanes, with marks where time is folded. Its ticks are the grid lines. */
export function drawAxis(
  element: SVGSVGElement,
  ticks: readonly Tick[],
  folds: readonly SceneFold[],
  { words: t }: Pick<State, 'words'>,
  width: CssPixels,
): void {
  const labels = new Map(ticks.map(({ x, label }) => [x, label]));
  // Ticks are in pixels already: use an identity scale.
  const pixels: ScaleLinear<number, number> = scaleLinear([0, width], [0, width]);
  const drawn = axisTop<number>(pixels)
    .tickValues(ticks.map(({ x }) => x))
    .tickFormat((x) => labels.get(x) ?? '')
    .tickSize(5)
    .tickPadding(4);
  select(element)
    .select<SVGGElement>('g')
    .call(drawn)
    .attr('font-family', null)
    .attr('font-size', null)
    .selectAll<SVGTextElement, number>('.tick text')
    .attr('dx', (x) => shiftInto(x, (labels.get(x) ?? '').length * LETTER, width));
  const groups = select(element)
    .selectAll<SVGGElement, SceneFold>('g.fold')
    .data(folds)
    .join((entering) => {
      const group = entering.append('g').attr('class', 'fold');
      group.append(() => svg('title'));
      group.append(() => svg('rect', { class: 'fold-room' }));
      group.append(() => svg('text'));
      return group;
    });
  groups
    .select('rect')
    .attr('x', ({ x }) => x)
    .attr('width', (fold) => Math.max(3, fold.width))
    .attr('height', EDGE);
  groups
    .select('text')
    .attr('x', (fold) => fold.x + fold.width / 2)
    .attr('y', EDGE - 9)
    .text(({ start, end, width: room, roomy }) => (roomy || room < ROOM_FOR_LENGTH ? '' : formatDuration(end - start)));
  groups.select('title').text((fold) => foldText(fold, t));
}

/** How far a centred label must move to be whole. */
function shiftInto(x: CssPixels, length: CssPixels, width: CssPixels): CssPixels {
  const half = length / 2;
  return Math.max(0, half - x) + Math.min(0, width - half - x);
}

/** What a fold hides. */
export function foldText({ start, end, count }: Pick<SceneFold, 'start' | 'end' | 'count'>, t: State['words']): string {
  const length = formatDuration(end - start);
  return count > 1
    ? t('{0} gaps folded, from here to {1} later', count, length)
    : t('Folded: nothing ran for {0}', length);
}
