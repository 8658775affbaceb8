import { expect, test } from 'vitest';
import korean from '../../l10n/bundle.l10n.ko.json';
import { translator } from '../../src/core/translate';
import { durationWords, formatDuration } from '../../src/core/units';

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

test.each([
  [0.02, '20 ms', '20 ms'],
  [3, '3 s', '3초'],
  [125, '2 min 5 s', '2분 5초'],
  [273_600, '3 d 4 h', '3일 4시간'],
  [Number.POSITIVE_INFINITY, '∞', '∞'],
])('in a sentence %s s are %s, in Korean %s', (seconds, english, inKorean) => {
  expect(durationWords(seconds, translator(undefined))).toBe(english);
  expect(durationWords(seconds, translator(korean))).toBe(inKorean);
});
