import { expect, test } from 'vitest';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { readTimeline } from '../../../src/core/timeline/build';
import { busyShare } from '../../../src/core/timeline/busy-time';
import { blocking, gather } from '../../webview/browser/scenes';

const laneOf = (bytes: Uint8Array) => {
  const [lane] = buildLanes(readTimeline(bytes)).loops;
  return { ...lane, busy: lane.busy! };
};

test('the share of time in which a loop ran is that of its turns, also where one is cut', () => {
  // One turn, from 0.5 s to 2.5 s; the loop is idle before and after it.
  const lane = laneOf(blocking());
  expect(busyShare(lane, 0, 0.5)).toBe(0);
  expect(busyShare(lane, 0.5, 2.5)).toBe(1);
  expect(busyShare(lane, 0, 1)).toBeCloseTo(0.5);
  expect(busyShare(lane, 2, 4)).toBeCloseTo(0.25);
});

test('turns that take no time leave a loop idle', () => {
  const lane = laneOf(gather());
  const total = lane.busy.at(-1)!;
  expect(busyShare(lane, 0, 10)).toBeCloseTo(total / 10);
});
