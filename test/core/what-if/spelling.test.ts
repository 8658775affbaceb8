import { describe, expect, test } from 'vitest';
import { readChange, readDuration } from '../../../src/core/what-if/spelling';

describe('a change as it is written', () => {
  const none = { file: undefined, column: null, task: undefined, visit: null };
  test.each([
    ['12=5s', { ...none, line: 12, to: 5 }],
    ['prog.py:12=500ms', { ...none, file: 'prog.py', line: 12, to: 0.5 }],
    ['prog.py:12:9=5', { ...none, file: 'prog.py', line: 12, column: 8, to: 5 }],
    ['12:9=5', { ...none, line: 12, column: 8, to: 5 }],
    [
      'C:\\a b\\x.py:3@worker-2#4=1min',
      { ...none, file: 'C:\\a b\\x.py', line: 3, task: 'worker-2', visit: 4, to: 60 },
    ],
    ['notes.md:7@가 #1#2=2 s', { ...none, file: 'notes.md', line: 7, task: '가 #1', visit: 2, to: 2 }],
  ])('%s', (text, change) => {
    expect(readChange(text)).toEqual(change);
  });

  test.each([
    '',
    '5s',
    '12',
    '12=',
    '12=0',
    '12=-1s',
    '0=5s',
    'x.py=5s',
    'x.py:12#0=5s',
    '12=5parsecs',
    '12=1e9h',
    '12=Infinity',
  ])('not %j', (text) => {
    expect(readChange(text)).toBeUndefined();
  });

  test('times', () => {
    expect(['.5', '1,5 s', '20us', '2 분', '3H', '250 msec'].map(readDuration)).toEqual([
      0.5,
      1.5,
      2e-5,
      120,
      10800,
      undefined,
    ]);
  });
});
