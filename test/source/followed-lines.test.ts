import { expect, test } from 'vitest';
import { FollowedLines } from '../../src/source/followed-lines';

const text = 'one\n  two\nthree\nfour';

/** Applies changes as an editor reports them. @returns for each line of the earlier text, its line number now */
function after(...edits: [from: [number, number], to: [number, number], text: string][]) {
  const lines = new FollowedLines(text, text);
  let now = text;
  for (const [from, to, put] of edits) {
    const rows = now.split('\n');
    const offset = ([line, character]: [number, number]) =>
      rows.slice(0, line).reduce((sum, row) => sum + row.length + 1, 0) + character;
    now = now.slice(0, offset(from)) + put + now.slice(offset(to));
    const range = { start: { line: from[0], character: from[1] }, end: { line: to[0] } };
    lines.edit([{ range, text: put }], now.split('\n').length, () => now);
  }
  return now.split('\n').map((row, i) => lines.before(i + 1, row));
}

test('nothing has changed', () => expect(after()).toEqual([1, 2, 3, 4]));
test('lines put in above', () => expect(after([[0, 0], [0, 0], 'a\nb\n'])).toEqual([undefined, undefined, 1, 2, 3, 4]));
test('a line that was changed is another one', () =>
  expect(after([[1, 5], [1, 5], '!'])).toEqual([1, undefined, 3, 4]));
test('changed and put back', () => expect(after([[1, 5], [1, 5], '!'], [[1, 5], [1, 6], ''])).toEqual([1, 2, 3, 4]));
test('Enter at the end of a line', () => expect(after([[0, 3], [0, 3], '\n'])).toEqual([1, undefined, 2, 3, 4]));
test('Enter before the first word', () => expect(after([[1, 2], [1, 2], '\n  '])).toEqual([1, undefined, 2, 3, 4]));
test('two lines joined', () => expect(after([[0, 3], [1, 2], ' '])).toEqual([undefined, 3, 4]));
test('lines taken out', () => expect(after([[1, 0], [3, 0], ''])).toEqual([1, 4]));
test('taken out and put back', () =>
  expect(after([[1, 0], [3, 0], ''], [[1, 0], [1, 0], '  two\nthree\n'])).toEqual([1, 2, 3, 4]));
test('edits at both ends leave what is between', () =>
  expect(after([[0, 0], [0, 3], 'x'], [[3, 0], [3, 4], 'y'])).toEqual([undefined, 2, 3, undefined]));

test('a text that had changed before anybody looked', () => {
  const lines = new FollowedLines(text, `zero\n${text}`);
  expect(lines.before(2, 'one')).toBe(1);
  expect(lines.now(4)).toBe(5);
  expect(lines.isSame(text)).toBe(true);
});
