import { expect, test } from 'vitest';
import { formatDuration } from '../../src/core/units';

test.each([
  [0, '0 s'],
  [1.234e-6, '1.23 µs'],
  [0.0123, '12.3 ms'],
  [0.9999, '1 s'],
  [90, '90 s'],
  [119.4, '119 s'],
  [119.6, '2 min'],
  [125.4, '2 min 5 s'],
  [3600, '1 h'],
  [5400, '1 h 30 min'],
  [3601, '1 h 1 s'],
  [259_200, '3 d'],
  [273_600, '3 d 4 h'],
  [-7200, '-2 h'],
  [Number.POSITIVE_INFINITY, '∞'],
])('%s s are told as %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
