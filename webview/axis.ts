import { axisTop } from 'd3-axis';
import type { ScaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { formatTick } from '../src/core/labels';
import type { AxisKind } from '../src/core/layout-window';
import type { CssPixels } from '../src/core/units';
import type { State } from './store';

export interface Ticks {
  readonly values: readonly number[];
  /** Between two of them. */
  readonly distance: number;
}

const ROOM_PER_TICK: CssPixels = 96;

export function ticksOf(scale: ScaleLinear<number, number>, axis: AxisKind, width: CssPixels): Ticks {
  const wanted = Math.max(2, Math.floor(width / ROOM_PER_TICK));
  const values = scale.ticks(wanted).filter((value) => axis === 'time' || Number.isInteger(value));
  return { values, distance: values.length > 1 ? values[1] - values[0] : 1 };
}

/** A D3 axis over the lanes. Its ticks are the lines of the grid. */
export function drawAxis(
  element: SVGSVGElement,
  scale: ScaleLinear<number, number>,
  { values, distance }: Ticks,
  { axis, lanes }: State,
): void {
  const length = axis === 'time' ? (lanes?.horizon.time ?? 1) : (lanes?.horizon.steps ?? 1);
  const inRange = values.filter((value) => value >= 0 && value <= length);
  const largest = Math.max(...scale.domain().map(Math.abs), distance);
  const format = (value: number) => (axis === 'time' ? formatTick(value, distance, largest) : String(value));
  const ticks = axisTop<number>(scale).tickValues(inRange).tickFormat(format).tickSize(5).tickPadding(4);
  select(element).select<SVGGElement>('g').call(ticks).attr('font-family', null).attr('font-size', null);
}
