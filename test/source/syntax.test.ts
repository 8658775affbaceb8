import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syntaxErrors } from '../../src/source/errors';
import { moduleNames } from '../../src/source/scopes';
import { Source } from '../../src/source/syntax';

describe('a text after an edit', () => {
  const text = readFileSync('test/programs/resources.py', 'utf8');
  test('is read as if it were new', () => {
    const piece = fc.constantFrom('', '\n', '    ', ')', '"""', 'async def f():\n    await x\n', '# 한글', 'x');
    const place = fc.nat({ max: text.length });
    fc.assert(
      fc.property(place, fc.nat({ max: 40 }), piece, (at, removed, added) => {
        const after = text.slice(0, at) + added + text.slice(at + removed);
        const edited = new Source(after, new Source(text));
        expect(edited.tree.toString()).toBe(new Source(after).tree.toString());
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  'def f():\n    yield\n',
  'x = (yield)\n',
  'y = 24.*3600.\n',
  'with (a() as b, c() as d):\n    pass\n',
  't = t"{x}"\n',
  'x[*a]\n',
])('what the grammar does not know is no error: %j', (text) => {
  expect(syntaxErrors(new Source(text))).toEqual([]);
});

test.each([
  ['import a.b as c, d.e\nfrom f import g as h\nc, d, h, x', 'x'],
  ['def f(a, *b, c=d, **e):\n    return a, b, c, e, z', 'd z'],
  ['class A(B):\n    x = y\n    def m(self):\n        return x', 'B y x'],
  ['[a for a, b in c if b]', 'c'],
  ['async with p as (q, r):\n    q, r', 'p'],
  ['try:\n    pass\nexcept E as e:\n    e', 'E'],
  ['match s:\n    case C(x, k=y) | {"z": z, **w}:\n        x, y, z, w', 's C'],
  ['if (n := f()):\n    n', 'f'],
  ['def f():\n    global g\n    g = 1\ng', ''],
  ['f(k=v, *w)', 'f v w'],
  ['@a.b(c)\ndef f(): ...', 'a c'],
  ['x: T = 1\nfor x.y in z:\n    pass', 'T z'],
  ['lambda a, *b: (a, b, c)', 'c'],
  ['f"{a!r:>{b}}"', 'a b'],
  ['type X[T] = list[T]\ndef f[U](x: U) -> U: ...', 'list'],
])('names that %j needs', (text, expected) => {
  const { bound, free } = moduleNames(new Source(`${text}\n`));
  const needed = [...new Set(free.filter(({ name }) => !bound.has(name)).map(({ name }) => name))];
  expect(needed.sort()).toEqual(expected.split(' ').filter(Boolean).sort());
});
