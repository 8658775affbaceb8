import { safeParse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { decodeViewMessage } from '../../../src/core/protocol/messages';
import { type Change, MOST_CHANGES, withChange } from '../../../src/core/trace/change';
import { KnownChanges } from '../../../src/core/trace/read-changes';

const one: Change = { file: '/x.py', line: 5, column: 4, task: { name: 'a', path: null }, visit: 2, to: 3 };
const task = (name: string): Change['task'] => ({
  name,
  path: [
    ['main', 1],
    [name, 2],
  ],
});

describe('another change', () => {
  test('of the same wait takes the place of the one before', () => {
    expect(withChange([one, { ...one, visit: 1 }], { ...one, to: 7 })).toEqual([
      { ...one, visit: 1 },
      { ...one, to: 7 },
    ]);
    expect(withChange([{ ...one, task: task('a') }], { ...one, task: task('a'), to: 1 })).toHaveLength(1);
    expect(withChange([{ ...one, task: task('a') }], { ...one, task: task('b') })).toHaveLength(2);
  });

  test('of all waits at the line makes those before pointless; one of a single wait does not', () => {
    const all = { ...one, task: null, visit: null };
    expect(withChange([one, { ...one, task: task('b'), visit: 1 }, { ...one, line: 6 }], all)).toEqual([
      { ...one, line: 6 },
      all,
    ]);
    expect(withChange([all], one)).toEqual([all, one]);
  });
});

test('what a view asks for is decoded, and anything else refused', () => {
  expect(decodeViewMessage({ type: 'whatIf', changes: [one] })).toEqual({ type: 'whatIf', changes: [one] });
  const wrong: unknown[] = [
    undefined,
    {},
    'all',
    [null],
    [{}],
    [{ ...one, to: 0 }],
    [{ ...one, to: Number.NaN }],
    [{ ...one, to: Number.POSITIVE_INFINITY }],
    [{ ...one, to: '5' }],
    [{ ...one, line: 0 }],
    [{ ...one, line: 1.5 }],
    [{ ...one, column: -1 }],
    [{ ...one, visit: 0 }],
    [{ ...one, file: 3 }],
    [{ ...one, task: 'a' }],
    [{ ...one, task: { name: 'a', path: [['main']] } }],
    [{ ...one, task: { name: 'a', path: [['main', 'first']] } }],
    Array(MOST_CHANGES + 1).fill(one),
  ];
  for (const changes of wrong) expect(decodeViewMessage({ type: 'whatIf', changes }).type).toBe('invalid');
});

test('what a trace says of changes is taken as far as it is understood', () => {
  const read = (value: unknown) => safeParse(KnownChanges, value).output;
  expect(read([one, { ...one, to: -1 }, 5])).toEqual([one, undefined, undefined]);
  expect(read('none')).toEqual([]);
});
