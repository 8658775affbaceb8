import { expect, test } from 'vitest';
import { IgnoreComments } from '../../src/source/ignore-comments';
import { ignoreEdit } from '../../src/source/ignore-edit';

/** The text with the comment for line `line`, which must leave the finding out. */
function ignoring(text: string, line: number): string {
  const edit = ignoreEdit(text, line, 'blocking')!;
  const start = text.lastIndexOf('\n', edit.at - 1) + 1;
  const insert = edit.insert.endsWith('\n') ? edit.insert + text.slice(start, edit.at) : edit.insert;
  const written = text.slice(0, edit.at) + insert + text.slice(edit.at);
  const moved = line + (insert.includes('\n') ? 1 : 0);
  expect(IgnoreComments.of(written).ignores(moved, { kind: 'blocking', severity: 'error' })).toBe(true);
  return written;
}

test('a comment stands at the end of its line', () => {
  expect(ignoring('def f():\n    a()\n    b()\n', 2)).toBe(
    'def f():\n    a()  # coroscope: ignore[blocking]\n    b()\n',
  );
});

test('a kind is added to a comment that is there', () => {
  expect(ignoring('a()  # coroscope: ignore[deadlock]\n', 1)).toBe('a()  # coroscope: ignore[deadlock, blocking]\n');
  expect(ignoring('async def f():\n    await a()  # coroscope: takes 1s returns 2\n', 2)).toBe(
    'async def f():\n    await a()  # coroscope: ignore[blocking] takes 1s returns 2\n',
  );
});

test('another comment, a backslash or a string is in the way: on a line of its own', () => {
  expect(ignoring('if x:\n    a()  # noqa\n', 2)).toBe('if x:\n    # coroscope: ignore[blocking]\n    a()  # noqa\n');
  expect(ignoring('a(1) + \\\n  b()\n', 1)).toBe('# coroscope: ignore[blocking]\na(1) + \\\n  b()\n');
  expect(ignoring('a("""one\ntwo""")\n', 1)).toBe('# coroscope: ignore[blocking]\na("""one\ntwo""")\n');
});
