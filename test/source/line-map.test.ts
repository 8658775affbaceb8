import { expect, test } from 'vitest';
import { lineMap } from '../../src/source/line-map';

test.each([
  ['a\nb\nc', 'a\nb\nc', [1, 2, 3]],
  ['a\nb\nc', 'new\na\nb\nc', [undefined, 1, 2, 3]],
  ['a\nb\nc', 'a\nc', [1, 3]],
  ['a\nb\nc', 'a\nX\nc', [1, undefined, 3]],
  ['a\na\na', 'a\na\na\na', [1, 2, 3, undefined]],
  ['', 'a', [undefined]],
  ['a\r\nb', 'a\nb', [1, 2]],
])('%j → %j', (before, after, expected) => {
  const map = lineMap(before, after);
  expect(after.split('\n').map((_, i) => map(i + 1))).toEqual(expected);
});
