import { expect, test } from 'vitest';
import { awaitSites } from '../../src/source/await-sites';

/** What each `await` of a function is told about: `name read→write`. */
function stale(body: string): string[] {
  const text = `async def f(self, x):\n${body.replace(/^/gm, '    ')}\n`;
  return awaitSites(text).flatMap(({ construct, stale }) =>
    construct === 'await' ? [stale ? `${stale.name} ${stale.read}→${stale.write}` : ''] : [],
  );
}

test.each([
  ['tested, then changed', 'global n\nif n >= x:\n    await pay()\n    n -= x', ['n 3→5']],
  ['a guard', 'global n\nif n < x:\n    return\nawait pay()\nn = n - x', ['n 3→6']],
  ['the await in the assignment itself', 'if self.token is None:\n    self.token = await fetch()', ['self.token 2→3']],
  ['a while', 'while self.free > 0:\n    await work()\n    self.free -= 1', ['self.free 2→4']],
])('%s is told', (_what, body, told) => {
  expect(stale(body)).toEqual(told);
});

test.each([
  ['a local name', 'n = 1\nif n:\n    await pay()\n    n -= 1'],
  ['a lock around all of it', 'async with lock:\n    if self.token is None:\n        self.token = await fetch()'],
  ['tested again', 'if self.n:\n    await pay()\n    if self.n:\n        self.n -= 1'],
  ['the other branch', 'if self.n:\n    await pay()\nelse:\n    self.n = 1'],
  ['changed before', 'if self.n:\n    self.n -= 1\n    await pay()'],
  ['only read', 'if self.n:\n    await pay()\nprint(self.n)'],
  ['another attribute', 'if self.n:\n    await pay()\n    self.m = 1'],
  ['a comparison', 'if self.n:\n    await pay()\n    x = self.n == 1'],
])('%s is not', (_what, body) => {
  expect(stale(body)).toEqual(['']);
});
