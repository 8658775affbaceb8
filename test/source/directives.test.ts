import { describe, expect, test } from 'vitest';
import { readDirectives } from '../../src/source/directives';

const only = (text: string) => {
  const { directives, problems } = readDirectives(text);
  expect(problems).toEqual([]);
  expect(directives).toHaveLength(1);
  return directives[0];
};

describe('a directive', () => {
  test('stands at an await, with its duration and an expression at their places', () => {
    expect(only('async def f():\n    page = await get(url)  # coroscope: takes 800ms returns {"é": 1}\n')).toEqual({
      target: 'await',
      line: 2,
      column: 11,
      takes: 0.8,
      returns: { text: '{"é": 1}', line: 2, column: 60 },
    });
  });

  test('counts columns in bytes', () => {
    expect(only('async def f():\n    한글 = await g()  # coroscope: returns 1')).toMatchObject({
      column: 13,
      returns: { column: 45 },
    });
  });

  test.each([
    ['takes 2s', { takes: 2 }],
    ['takes 1.5 min', { takes: 90 }],
    ['takes 20µs', { takes: 20e-6 }],
    ['raises TimeoutError after 2s', { takes: 2, raises: { text: 'TimeoutError', line: 2, column: 35 } }],
    ['takes 1s raises E("after all")', { takes: 1, raises: { text: 'E("after all")', line: 2, column: 44 } }],
    ['label "the slow one" takes 1s', { label: 'the slow one', takes: 1 }],
    ['ignore', { ignore: true }],
  ])('%s', (clauses, expected) => {
    expect(only(`async def f():\n    await g()  # coroscope: ${clauses}`)).toMatchObject(expected);
  });

  test('stands at a loop, a comprehension, a with, a function', () => {
    const at = (text: string) => only(text).target;
    expect(at('async def f():\n  async for x in y():  # coroscope: yields 3 every 500ms\n    await z(x)\n')).toBe(
      'for',
    );
    expect(at('async def f():\n  return [x async for x in y()]  # coroscope: yields 3 of ["a", "b"]')).toBe(
      'comprehension',
    );
    expect(at('async def f():\n  async with a() as b:  # coroscope: takes 1s returns 3\n    pass')).toBe('with');
    expect(at('async def f(a,\n    b):  # coroscope: takes 1s returns a + b\n  pass')).toBe('def');
    expect(at('@cached\ndef f():  # coroscope: takes 1s\n  pass')).toBe('def');
    expect(at('async def f():  # coroscope: yields 2 every 1s\n  yield 1')).toBe('def');
  });

  test('of an await over several lines may stand at any of them; nested awaits go with the outermost', () => {
    const text = 'async def f():\n  x = await g(\n    1,  # coroscope: takes 1s\n    await h(),\n  )\n';
    expect(only(text)).toMatchObject({ target: 'await', line: 2, column: 6 });
  });

  test('stands at each of several awaits of one line', () => {
    const { directives } = readDirectives('async def f():\n  a, b = await g(), await h()  # coroscope: takes 1s');
    expect(directives.map(({ column }) => column)).toEqual([9, 20]);
  });
});

describe('a wrong directive', () => {
  const wrong = (comment: string, line = 'await g()') => {
    const text = `async def f():\n    ${line}  ${comment}\n`;
    const { directives, problems } = readDirectives(text);
    expect(directives).toEqual([]);
    return problems.map(({ kind, from, to, fix }) => [kind, text.slice(from, to), fix]);
  };

  test.each([
    ['# coroscope: take 1s', ['word', 'take', 'takes']],
    ['# coroscope: retruns 1', ['word', 'retruns', 'returns']],
    ['# coroscope: 800ms', ['word', '800ms', undefined]],
    ['# coroscope: takes 800', ['duration', '800', '800s']],
    ['# coroscope: takes 2 seconds', ['duration', '2 seconds', '2s']],
    ['# coroscope: takes long', ['duration', 'long', undefined]],
    ['# coroscope: yields many', ['count', 'many', undefined]],
    ['# coroscope: returns {"a":', ['expression', '{"a":', undefined]],
    ['# coroscope: returns', ['expression', '', undefined]],
    ['# coroscope: label slow', ['quotes', 'slow', '"slow"']],
    ['# coroscope: takes 1s takes 2s', ['twice', 'takes', undefined]],
    ['# coroscope takes 1s', ['colon', '# coroscope ', '# coroscope:']],
    ['# coroscope:', ['empty', '# coroscope:', undefined]],
    ['# coroscope: yields 3', ['takes-here', '# coroscope: yields 3', undefined]],
  ])('%s', (comment, expected) => {
    expect(wrong(comment)).toEqual([expected]);
  });

  test('at nothing that could be simulated', () => {
    expect(wrong('# coroscope: takes 1s', 'x = g()')).toEqual([['nothing-here', '# coroscope: takes 1s', undefined]]);
    expect(wrong('# coroscope: takes 1s', 'async for x in y(): pass')).toEqual([
      ['yields-here', '# coroscope: takes 1s', undefined],
    ]);
  });

  test('is none in text that only speaks of it', () => {
    expect(readDirectives('x = "# coroscope: takes"\n# coroscope is a tool\n').problems).toEqual([]);
  });
});
