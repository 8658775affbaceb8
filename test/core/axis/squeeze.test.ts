import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldAt, gapsBetween, squeeze } from '../../../src/core/axis/squeeze';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const gapsOf = (stretches: readonly Stretch[], duration: number) =>
  gapsBetween(
    Float64Array.from(stretches, ({ start }) => start),
    Float64Array.from(stretches, ({ end }) => end),
    duration,
  );

/** Stretches in any order, overlapping or not, from nanoseconds to days. */
const seconds = (most: number) => fc.integer({ min: 0, max: most * 1e9 }).map((nanoseconds) => nanoseconds / 1e9);
const stretches = fc.array(
  fc
    .record({ start: seconds(1e5), length: fc.oneof(fc.constant(0), seconds(1e-6), seconds(1e3)) })
    .map(({ start, length }) => ({ start, end: start + length })),
  { minLength: 1, maxLength: 40 },
);

describe('gaps', () => {
  test('are what no busy stretch touches', () => {
    const busy = [
      { start: 5, end: 5 },
      { start: 1, end: 2 },
      { start: 1.5, end: 3 },
    ];
    const first = [
      { start: 0, end: 1 },
      { start: 3, end: 5 },
    ];
    expect(gapsOf(busy, 8)).toEqual([...first, { start: 5, end: 8 }]);
    expect(gapsOf([...busy, { start: 6, end: 7 }, { start: 7, end: 8 }], 8)).toEqual([...first, { start: 5, end: 6 }]);
    expect(gapsOf([], 8)).toEqual([{ start: 0, end: 8 }]);
  });

  test('of any stretches overlap none of them, nor one another', () => {
    fc.assert(
      fc.property(stretches, (busy) => {
        const duration = Math.max(...busy.map(({ end }) => end));
        const gaps = gapsOf(busy, duration);
        gaps.forEach(({ start, end }, i) => {
          expect(end).toBeGreaterThan(start);
          if (i > 0) expect(start).toBeGreaterThanOrEqual(gaps[i - 1].end);
          for (const each of busy) expect(each.start >= end || each.end <= start).toBe(true);
        });
        const covered = gaps.reduce((sum, { start, end }) => sum + end - start, 0);
        const overlaps = busy.reduce((sum, { start, end }) => sum + end - start, 0);
        expect(covered + overlaps).toBeGreaterThanOrEqual(duration * (1 - 1e-9));
      }),
    );
  });
});

describe('squeezed time', () => {
  const made = stretches.map((all) => {
    const duration = Math.max(...all.map(({ end }) => end));
    return { all, duration, map: squeeze(gapsOf(all, duration), duration, duration * 1.12) };
  });

  test('keeps the order', () => {
    fc.assert(
      fc.property(made, fc.array(fc.double({ min: -1, max: 1.2e5, noNaN: true })), ({ map }, times) => {
        const places = times.sort((a, b) => a - b).map(map.squeezed);
        for (let i = 1; i < places.length; i++) expect(places[i]).toBeGreaterThanOrEqual(places[i - 1]);
      }),
    );
  });

  test('leads back to the time it came from', () => {
    fc.assert(
      fc.property(made, fc.double({ min: 0, max: 1, noNaN: true }), ({ map, duration }, share) => {
        const time = share * duration * 1.12;
        // In a fold many seconds lie in one: a rounding error grows with it.
        expect(Math.abs(map.time(map.squeezed(time)) - time)).toBeLessThan(1e-5 * (1 + duration));
        const place = share * map.length;
        expect(Math.abs(map.squeezed(map.time(place)) - place)).toBeLessThan(1e-9 * (1 + duration));
      }),
    );
  });

  test('leaves every stretch in which something ran or was ready as long as it was', () => {
    fc.assert(
      fc.property(made, ({ all, map, duration }) => {
        for (const { start, end } of all)
          expect(Math.abs(map.squeezed(end) - map.squeezed(start) - (end - start))).toBeLessThan(1e-9 * (1 + duration));
      }),
    );
  });

  test('gives all folds one width, and together a third of what is seen at most', () => {
    fc.assert(
      fc.property(made, ({ all, map, duration }) => {
        const widths = map.folds.map(({ start, end }) => map.squeezed(end) - map.squeezed(start));
        for (const width of widths) expect(Math.abs(width - widths[0])).toBeLessThan(1e-9 * (1 + duration));
        const sum = widths.reduce((total, width) => total + width, 0);
        const seen = map.squeezed(duration);
        // Where nothing but gaps is, all are as wide as the shortest.
        const idle = gapsOf(all, duration).reduce((total, { start, end }) => total + end - start, 0);
        if (duration - idle > duration * 1e-9) expect(sum).toBeLessThanOrEqual(seen / 3 + 1e-9 * duration);
      }),
    );
  });

  test('makes a burst of work visible beside waits that are a million times as long', () => {
    const work = [
      { start: 0, end: 1e-4 },
      { start: 100, end: 100.0003 },
      { start: 250, end: 250.0001 },
    ];
    const map = squeeze(gapsOf(work, 250.0001), 250.0001, 250.0001);
    expect(map.folds).toEqual([
      { start: 1e-4, end: 100 },
      { start: 100.0003, end: 250 },
    ]);
    expect(map.length).toBeCloseTo(5e-4 * 1.5, 9);
    expect(foldAt(map.folds, 50)).toBe(map.folds[0]);
    expect(foldAt(map.folds, 100)).toBeUndefined();
    expect(foldAt(map.folds, 300)).toBeUndefined();
  });

  test('with nothing but waits makes them as long as the shortest', () => {
    const work = [0, 1, 3, 8].map((at) => ({ start: at, end: at }));
    const map = squeeze(gapsOf(work, 8), 8, 8);
    expect([0, 1, 3, 8].map(map.squeezed)).toEqual([0, 1, 2, 3]);
  });

  test('is plain time where there is no gap worth folding', () => {
    const map = squeeze(
      gapsOf(
        [
          { start: 0, end: 3 },
          { start: 3.1, end: 4 },
        ],
        4,
      ),
      4,
      4,
    );
    expect(map.folds).toEqual([]);
    expect(map.squeezed(3.5)).toBe(3.5);
  });
});
