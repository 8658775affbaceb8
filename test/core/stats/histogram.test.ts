import { expect, test } from 'vitest';
import { histogram } from '../../../src/core/stats/histogram';
import { Dice } from '../../dice';

const told = (times: readonly number[]) => histogram(times).map(({ from, to, count }) => [from, to, count]);

test('bins of 1, 2 and 5 of each power of ten, between the shortest and the longest', () => {
  expect(told([])).toEqual([]);
  expect(told([1])).toEqual([[1, 2, 1]]);
  expect(told([0.1, 0.15, 0.3, 0.5])).toEqual([
    [0.1, 0.2, 2],
    [0.2, 0.5, 1],
    [0.5, 1, 1],
  ]);
});

test('waits that took no time stand in the first bin', () => {
  expect(told([0, 0])).toEqual([[0, 1e-6, 2]]);
  expect(told([0, 1.5e-6])[0]).toEqual([0, 2e-6, 2]);
});

test('over many orders of magnitude each bin is one of them', () => {
  const bins = histogram([1e-6, 1e-3, 3, 1000]);
  expect(bins.map(({ from }) => from)).toEqual([1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000]);
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(4);
});

test('each wait stands in one bin, whatever they are', () => {
  const dice = new Dice(7);
  for (let round = 0; round < 300; round++) {
    const times = Array.from({ length: 1 + Math.floor(dice.next() * 30) }, () => 10 ** (dice.next() * 9 - 7)).sort(
      (a, b) => a - b,
    );
    const bins = histogram(times);
    expect(bins.map(({ from, to }) => times.filter((each) => from <= each && each < to).length)).toEqual(
      bins.map(({ count }) => count),
    );
    expect(bins.length).toBeLessThanOrEqual(16);
  }
});
