import { taskColor } from '../colors';
import { BoxKind } from '../lanes/box-kind';
import { type Bars, peakIn, type Series } from '../lanes/side-columns';
import type { SideRow } from '../rows/row';
import { RowWriter } from './boxes';
import { passOver, type RowContext, WALK, windowOf } from './window';

/** Boxes of lanes beside the tasks. */
export function fillSide({ lane }: SideRow, context: RowContext): void {
  const { bars, series } = context.lanes.sides[lane];
  if (bars) fillBars(bars, context);
  if (series) fillSeries(series, bars ? BoxKind.foot : BoxKind.level, context);
}

function fillBars(bars: Bars, context: RowContext): void {
  const { projection } = context;
  const { starts, ends, left, right } = windowOf(context, bars);
  const writer = new RowWriter(context.boxes, context.width);
  let inPixel = 0;
  for (let i = projection.first(ends, left, 0, bars.count); i < bars.count; i++) {
    const x = projection.at(starts.time[i], starts.step[i]);
    if (x > right) break;
    const color = bars.task[i] < 0 ? 0 : taskColor(bars.task[i]);
    const merged = writer.add(x, projection.at(ends.time[i], ends.step[i]), bars.kind[i], color, i);
    inPixel = merged ? inPixel + 1 : 0;
    if (inPixel < WALK) continue;
    i = passOver(writer, i, projection.first(starts, writer.mergedUpTo, i + 1, bars.count));
    inPixel = 0;
  }
  writer.flush();
}

/** One box per pixel with the largest value in it: the cost depends on the width, not on the length of the series. */
function fillSeries(series: Series, kind: number, { projection, lanes, boxes, width }: RowContext): void {
  const { horizon } = lanes;
  const places = { time: series.start, step: series.startStep };
  const end = Math.min(width, Math.ceil(projection.at(horizon.time, horizon.steps)));
  let from = 0;
  let value = 0;
  let row = 0;
  let before = projection.first(places, 0, 0, series.count) - 1;
  for (let x = 0; x <= end; x++) {
    const last = x < end ? projection.first(places, x + 1, Math.max(0, before), series.count) - 1 : -1;
    const best = last < 0 ? -1 : before === last ? last : peakIn(series, Math.max(0, before), last + 1);
    const now = best < 0 ? 0 : series.value[best];
    if (x === end || now !== value) {
      if (value > 0 && x > from) boxes.add(from, x - from, kind, 0, row, value, 1);
      from = x;
      value = now;
      row = best;
    }
    before = last;
  }
}
