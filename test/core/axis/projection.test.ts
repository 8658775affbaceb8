import { describe, expect, test } from 'vitest';
import { axisKinds, axisOf } from '../../../src/core/axis/axis';
import { foldsOf } from '../../../src/core/axis/folds';
import { momentAt } from '../../../src/core/axis/moment-at';
import { AxisBlend, AxisProjection, unitOf, whole } from '../../../src/core/axis/projection';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { ticksOf } from '../../../src/core/layout/ticks';
import { readTimeline } from '../../../src/core/timeline/build';
import { blocking, cut, gather, patient } from '../../webview/browser/scenes';

const lanesOf = (bytes: Uint8Array) => buildLanes(readTimeline(bytes));

describe('moments', () => {
  test('of the steps axis are known by time, and the other way round', () => {
    const lanes = lanesOf(blocking());
    const { loop } = lanes;
    for (let i = 0; i < loop.count; i++) {
      if (loop.end[i] <= loop.start[i]) continue;
      const half = momentAt(lanes, 'time', (loop.start[i] + loop.end[i]) / 2);
      expect(half.step).toBeCloseTo((loop.startStep[i] + loop.endStep[i]) / 2);
      expect(momentAt(lanes, 'steps', half.step).time).toBeCloseTo(half.time);
    }
  });

  test('beyond the end of a record that was cut go on to the end of both axes', () => {
    const lanes = lanesOf(cut());
    const { time, steps } = lanes.horizon;
    expect(momentAt(lanes, 'time', time).step).toBeCloseTo(steps);
    expect(momentAt(lanes, 'steps', steps).time).toBeCloseTo(time);
  });
});

describe('projections', () => {
  test('tell for every pixel what stands there', () => {
    for (const lanes of [gather(), patient(), cut()].map(lanesOf)) {
      for (const kind of axisKinds) {
        const projection = whole(axisOf(lanes, kind), 1000, 20);
        for (let x = 20; x <= 980; x += 10) {
          const value = projection.valueAt(x);
          expect(projection.at(value, value)).toBeCloseTo(x, 3);
        }
      }
    }
  });

  test('between two axes begin at one, end at the other and keep the order', () => {
    const lanes = lanesOf(patient());
    const [from, to] = [whole(axisOf(lanes, 'time'), 1000, 20), whole(axisOf(lanes, 'steps'), 1000, 20)];
    const { segments } = lanes.timeline;
    const at = (share: number, i: number) =>
      new AxisBlend(from, to, share).at(segments.start[i], segments.startStep[i]);
    for (let i = 0; i < segments.count; i++) {
      expect(at(0, i)).toBe(from.at(segments.start[i], 0));
      expect(at(1, i)).toBe(to.at(0, segments.startStep[i]));
      if (i > 0 && segments.task[i] === segments.task[i - 1]) expect(at(0.4, i)).toBeGreaterThanOrEqual(at(0.4, i - 1));
    }
  });

  test('have round ticks, none of them inside of a fold, and those behind a fold say the true time', () => {
    const lanes = lanesOf(patient());
    const axis = axisOf(lanes, 'squeezed');
    const ticks = ticksOf(whole(axis, 1000, 20), 1000, lanes.horizon.time);
    expect(ticks.map(({ label }) => label)).toEqual([
      '0 s',
      '0.002 s',
      '0.004 s',
      '0.006 s',
      '2.002 s',
      '2.004 s',
      '2.006 s',
      '62.002 s',
      '62.004 s',
      '62.006 s',
      '662.002 s',
      '662.004 s',
      '662.006 s',
    ]);
    expect(axis.squeeze!.folds.map(({ start, end }) => Math.round(end - start))).toEqual([2, 60, 600]);
    expect(unitOf(axis, { time: 662.002, step: 0 })).toBeLessThan(0.05);
    const plain = ticksOf(whole(axisOf(lanes, 'time'), 1000, 20), 1000, lanes.horizon.time);
    expect(plain.map(({ label }) => label)).toEqual(Array.from({ length: 14 }, (_, i) => `${i * 50} s`));
    const steps = ticksOf(whole(axisOf(lanes, 'steps'), 1000, 20), 1000, lanes.horizon.steps);
    expect(steps.map(({ label }) => label)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  test('give a fold that is wide on the screen ticks of its own', () => {
    const lanes = lanesOf(patient());
    const axis = axisOf(lanes, 'squeezed');
    const fold = axis.squeeze!.folds[1];
    const [left, right] = [fold.start, fold.end].map((time) => axis.squeeze!.squeezed(time));
    const scale = 800 / (right - left);
    const projection = new AxisProjection(axis, scale, 100 - left * scale);
    const ticks = ticksOf(projection, 1000, lanes.horizon.time);
    expect(ticks.map(({ label }) => label)).toEqual(['2.0060 s', '10 s', '20 s', '30 s', '40 s', '50 s', '60 s']);
    expect(foldsOf(projection, 1000).map(({ roomy }) => roomy)).toEqual([true]);
  });
});
