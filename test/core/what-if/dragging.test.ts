import { expect, test } from 'vitest';
import { axisOf } from '../../../src/core/axis/axis';
import { AxisProjection } from '../../../src/core/axis/projection';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { readTimeline } from '../../../src/core/timeline/build';
import { draggedEnd, draggedTo } from '../../../src/core/what-if/dragging';
import { crowd, gather } from '../../webview/browser/scenes';

/** A sleep from 0 to 2 s, a second 100 pixels wide. */
function bar(kind: 'time' | 'squeezed' | 'steps', scale = 100) {
  const lanes = buildLanes(readTimeline(gather()));
  const projection = new AxisProjection(axisOf(lanes, kind), scale, 10);
  return { projection, lanes, start: 0, startStep: 2, end: 2, endStep: 6 };
}

test('a place on the stage is a round time', () => {
  const dragged = bar('time');
  expect([110, 163, 210, 251, 310].map((x) => draggedTo(dragged, x))).toEqual([1, 1.5, 2, 2.4, 3]);
  expect(draggedTo(bar('time', 1000), 1241)).toBe(1.23);
  expect(draggedTo(bar('time', 0.5), 60)).toBe(100);
});

test('never nothing, and never less than nothing', () => {
  expect([10, 5, -500].map((x) => draggedTo(bar('time'), x))).toEqual([0.1, 0.1, 0.1]);
});

test('the end is drawn where the time is, also beyond the end of the run', () => {
  const dragged = bar('time');
  for (const time of [0.5, 1.5, 2, 3.5]) expect(draggedEnd(dragged, time)).toBeCloseTo(10 + 100 * time, 6);
  const folded = bar('squeezed');
  for (const time of [0.5, 2, 3]) expect(draggedTo(folded, draggedEnd(folded, time))).toBeCloseTo(time, 1);
});

test('beside a run that is busy where this one is not, less is folded, and a second is as wide all the same', () => {
  const lanes = buildLanes(readTimeline(gather()));
  const beside = { lanes: buildLanes(readTimeline(crowd(6, 40))) };
  const projection = new AxisProjection(axisOf(lanes, 'squeezed', beside), 100, 10);
  const dragged = { projection, lanes, start: 0, startStep: 2, end: 2, endStep: 6 };
  const wide = draggedEnd(dragged, 4) - draggedEnd(dragged, 3);
  expect(wide).toBeCloseTo(100, 6);
});

test('on the steps axis nothing is as wide as it takes', () => {
  expect(draggedTo(bar('steps'), 100)).toBeUndefined();
});
