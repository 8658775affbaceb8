import { describe, expect, test } from 'vitest';
import { readDirectives } from '../../src/source/directives';
import { IgnoreComments } from '../../src/source/ignore-comments';

const blocking = { kind: 'blocking', severity: 'warning' } as const;
const unfinished = { kind: 'unfinished', severity: 'warning' } as const;
const deadlock = { kind: 'deadlock', severity: 'error' } as const;

/** Lines at which a finding is left out. */
function lines(text: string, finding: Parameters<IgnoreComments['ignores']>[1] = blocking): number[] {
  const comments = IgnoreComments.of(text);
  return text.split('\n').flatMap((_, i) => (comments.ignores(i + 1, finding) ? [i + 1] : []));
}

describe('# coroscope: ignore', () => {
  test('is about its line', () => {
    expect(lines('a()\nb()  # coroscope: ignore\nc()\n')).toEqual([2]);
  });

  test('is about the whole of a statement over several lines', () => {
    expect(lines('a()\nb(\n  1,  # coroscope: ignore\n  2,\n)\nc()\n')).toEqual([2, 3, 4, 5]);
  });

  test('on a line of its own is about the next statement', () => {
    expect(lines('a()\n# coroscope: ignore\n\nb(\n)\nc()\n')).toEqual([4, 5]);
  });

  test('at a function is about all of it, at a loop only about its head', () => {
    expect(lines('def f():  # coroscope: ignore\n  a()\n  b()\nc()\n')).toEqual([1, 2, 3]);
    expect(lines('async def f():\n  async for x in y():  # coroscope: ignore\n    b()\n')).toEqual([2]);
  });

  test('at the last line of a body is about that line', () => {
    expect(lines('async def f():\n  a()\n  b()  # coroscope: ignore\n')).toEqual([3]);
  });

  test('leaves out no error, unless the error is named', () => {
    expect(lines('a()  # coroscope: ignore', deadlock)).toEqual([]);
    expect(lines('a()  # coroscope: ignore[deadlock]', deadlock)).toEqual([1]);
  });

  test('with kinds leaves out these only', () => {
    const text = 'a()  # coroscope: ignore[never-awaited, blocking]';
    expect(lines(text)).toEqual([1]);
    expect(lines(text, unfinished)).toEqual([]);
  });

  test('in a string is no comment', () => {
    expect(lines('a = """\n# coroscope: ignore\n"""\nb()\n')).toEqual([]);
  });

  test('that is misspelt leaves out nothing', () => {
    expect(lines('a()  # coroscope: ignore[blokking]')).toEqual([]);
  });
});

describe('the grammar', () => {
  test('takes ignore at every statement, and gives kinds not to the tracer', () => {
    expect(readDirectives('time.sleep(1)  # coroscope: ignore')).toMatchObject({ directives: [], problems: [] });
    expect(readDirectives('async def f():\n  await g()  # coroscope: ignore[blocking]')).toMatchObject({
      directives: [],
      problems: [],
    });
  });

  test('says which kind was meant', () => {
    const [problem] = readDirectives('a()  # coroscope: ignore[blokking]').problems;
    expect(problem).toMatchObject({ kind: 'finding-kind', found: 'blokking', fix: 'blocking', from: 25, to: 33 });
    expect(readDirectives('a()  # coroscope: ignore[blocking').problems).toMatchObject([{ fix: '[blocking]' }]);
    expect(readDirectives('a()  # coroscope: ignore[]').problems).toMatchObject([{ kind: 'finding-kind' }]);
  });
});
