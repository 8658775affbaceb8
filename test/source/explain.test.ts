import { describe, expect, test } from 'vitest';
import korean from '../../l10n/bundle.l10n.ko.json';
import { code } from '../../src/core/explain/explain';
import { explainSite, siteExplanation } from '../../src/core/explain/site';
import { type Translate, translator } from '../../src/core/translate';
import { awaitSites, sitesIn } from '../../src/source/await-sites';
import { blockSubjects } from '../../src/source/block-subjects';

const english = translator(undefined);

function explain(line: string, before = '', t: Translate = english): string {
  const [first] = awaitSites(`import asyncio\n${before}\nasync def main():\n    ${line}\n`).slice(-1);
  return explainSite(first, t).join(' ');
}

describe('code', () => {
  test.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['', '`  `'],
    ['a\n  b', '`a b`'],
    ['<img src=x>', '`<img src=x>`'],
    ['[x](command:y)', '`[x](command:y)`'],
  ])('%j', (text, expected) => expect(code(text)).toBe(expected));

  test('long text is cut', () => expect(code('x'.repeat(100))).toHaveLength(50));
});

describe('what a line does', () => {
  test.each([
    ['await asyncio.sleep(2)', 'sets a timer for `2` s. It always suspends. Control goes to the event loop'],
    ['await asyncio.sleep(0)', 'sets no timer: it only lets other ready tasks run first.'],
    ['await asyncio.gather(f(), g(), h())', 'creates a task for each coroutine it is given, at once'],
    ['await asyncio.gather(f(), f(), asyncio.sleep(1))', 'creates 3 tasks, one for each', 'async def f(): await g()'],
    ['t = asyncio.create_task(f()); await asyncio.gather(t)', 'tasks that already exist', 'async def f(): await g()'],
    ['await asyncio.gather(f(), g())', '`gather` cancels nothing: the others keep running.'],
    ['await asyncio.gather(f(), return_exceptions=True)', 'an exception counts as a result'],
    ['total = await f() + await f()', '`f()` is a coroutine', 'async def f(): await g()'],
    ['await 1 + 2', '`1` cannot be awaited'],
    ['await lock.release()', '`lock.release()` cannot be awaited', 'lock = asyncio.Lock()'],
    [
      'lock = asyncio.Lock(); await lock.acquire()',
      'acquires a lock',
      'class Shop:\n    lock: asyncio.Lock = None\n    def use(self, one: asyncio.Lock = None, two: asyncio.Lock = None): pass',
    ],
    ['await asyncio.sleep(1)', 'cannot tell', 'if fast: asyncio.sleep = f\nelse: asyncio.sleep = g'],
    ['await asyncio.run(f())', 'raises `RuntimeError`. Await the coroutine itself'],
    ['await f()', 'cannot tell what `f(…)` is', '@retry\nasync def f(): await g()'],
    [
      'c = f(); await c; await c',
      '`c` was awaited on line 4 already: this raises `RuntimeError`',
      'async def f(): await g()',
    ],
    ['await asyncio.gather(*many)', 'each coroutine it is given, at once'],
    ['await asyncio.wait_for(f(), timeout=3)', 'with a deadline of `3` s'],
    ['await asyncio.to_thread(work)', 'runs `work` in another thread'],
    ['await time.sleep(1)', 'Use `asyncio.sleep` instead', 'import time'],
    ['await work()', 'It never suspends: there is no `await` in it.', 'async def work(): return 1'],
    ['await work()', 'its first `await` is on line 3.', 'async def work():\n    await other()'],
    ['await work', 'Write `await work(…)`.', 'async def work(): pass'],
    [
      'await job()',
      '`work()` is a coroutine',
      'from functools import partial\nasync def work(n): await f()\njob = partial(work, 1)',
    ],
    ['await job()', '`work()` is a coroutine', 'async def work(n): await f()\njob = lambda: work(1)'],
    ['await job(work)', 'cannot tell what `job(…)` is', 'async def work(n): await f()\njob = lambda work: work(1)'],
    ['await job()', 'cannot tell what `job(…)` is', 'import functools\njob = functools.partial(print, 1)'],
    ['await asyncio.sleep(1)', 'cannot tell what `asyncio.sleep(…)` is', 'asyncio.sleep = fast'],
    ['async for x in asyncio.as_completed(many): pass', 'needs Python 3.13 or later'],
    ['await work()', 'a plain `def`', 'def work(): pass'],
    ['async with asyncio.TaskGroup() as tg: pass', 'At the end of the block it suspends until all of them are done.'],
    ['async with asyncio.timeout(1): pass', 'a deadline of `1` s for the whole block'],
    ['async for x in asyncio.Queue(): pass', 'is not an asynchronous iterator'],
    ['async for x in numbers(): pass', 'no other task gets a turn', 'async def numbers(): yield 1'],
    [
      '[x async for x in ticks()]',
      'The `list` is complete when the last item has arrived;',
      'async def ticks(): yield 1',
    ],
    ['{x: 1 async for x in ticks()}', 'The `dict` is complete', 'async def ticks(): yield 1'],
    ['[await f(x) for x in xs]', '`asyncio.gather` would let them wait', 'async def f(x): await g(x)'],
    ['[await task for task in tasks]', 'once for each item, one after another.'],
    ['g = (await f(x) for x in xs)', 'only creates an async generator', 'async def f(x): await g(x)'],
    ['show(x async for x in ticks())', 'only creates an async generator', 'async def ticks(): yield 1'],
    ['await asyncio.gather(f, f())', '`f` is the function itself', 'async def f(): await g()'],
    ['await asyncio.create_task(f)', 'Write `f(…)`.', 'async def f(): await g()'],
    ['await asyncio.wait({f()})', 'since Python 3.11 a coroutine among them', 'async def f(): await g()'],
    [
      'async with aclosing(f()) as items:\n        async for x in items: pass',
      'awaits the next item of `items`',
      'from contextlib import aclosing\nasync def f(): yield 1',
    ],
    ['await -f()', 'Put `-f()` in parentheses', 'async def f(): await g()'],
    ['await asyncio.sleep(delay=0)', 'sets no timer'],
    ['await loop.run_in_executor(pool, cpu)', 'runs `cpu` in the executor that it is given'],
    [
      'with ProcessPoolExecutor() as pool: await loop.run_in_executor(pool, cpu)',
      'runs `cpu` in another process',
      'from concurrent.futures import ProcessPoolExecutor',
    ],
    ['await loop.run_in_executor(None, cpu)', 'runs `cpu` in another thread'],
    ['await service.create_task("milk")', 'cannot tell what `service.create_task(…)` is'],
    [
      'await asyncio.run(f())',
      '`nest_asyncio` lets `asyncio.run` work inside a running loop',
      'import nest_asyncio; nest_asyncio.apply()',
    ],
    [
      'c = f(); asyncio.create_task(c); await c',
      '`c` was given to `asyncio.create_task` on line 4 already: one of the two raises `RuntimeError`',
      'async def f(): await g()',
    ],
    ['await task', 'cannot tell what `task` is', 'task = None'],
    [
      'await B().go()',
      'its first `await` is on line 3',
      'class A: async def go(self): await g()\nclass B(A): pass'.replace(': async', ':\n    async'),
    ],
    ['await client.get(url)', 'From this file alone Coroscope cannot tell what `client.get(…)` is'],
  ])('%s', (line, expected, before = '') => expect(explain(line, before)).toContain(expected));

  test('asyncio is known where its import is missing, as it is added for a run', () => {
    const of = (text: string) =>
      explainSite(awaitSites(`async def main(queue):\n    await ${text}\n`)[0], english).join(' ');
    expect(of('asyncio.sleep(1)')).toContain('sets a timer for `1` s');
    expect(of('gather(f(), f())')).toContain('`gather` creates a task for each coroutine');
    // A name that the program defines is not a module, even if it is called like one.
    expect(of('queue.get()')).toContain('cannot tell what `queue.get(…)` is');
  });

  test('where it cannot stand', () => {
    const of = (text: string) => explainSite(awaitSites(text)[0], english).join(' ');
    expect(of('await f()\n')).toContain('Put it into an `async def main()`');
    expect(of('def f():\n    await g()\n')).toContain('Write `async def` instead of `def`');
  });

  test('what one block of a note lacks, another has', () => {
    const [, second] = blockSubjects([
      'import asyncio as aio\nasync def f():\n    await g()\n',
      'await aio.sleep(1)\nawait f()\n',
    ]);
    const told = sitesIn(second).map((site) => siteExplanation({ ...site, allowed: true }, english).words.join(' '));
    expect(told[0]).toContain('sets a timer for `1` s');
    expect(told[1]).toContain('its first `await` is on line 3');
  });

  test('a cell of a notebook knows what the others define, with the number of the cell', () => {
    const cells = blockSubjects(
      [
        'import asyncio as aio\nclass Shop:\n    async def open(self):\n        await aio.sleep(1)\n\nasync def f():\n    await aio.sleep(1)\n',
        'shop = Shop()\nlock = aio.Lock()\nt = aio.create_task(f())\nasync def g():\n    await f()\n',
        'await f()\nawait shop.open()\nawait t\nasync with lock: pass\nawait g()\n',
      ],
      true,
    );
    const told = cells.map((cell) =>
      sitesIn(cell).map((site) => siteExplanation({ ...site, allowed: true }, english).words.join(' ')),
    );
    expect(told[0].join()).not.toContain('of cell');
    expect(told[1]).toEqual([expect.stringContaining('its first `await` is on line 7 of cell 1.')]);
    expect(told[2]).toEqual([
      expect.stringContaining('its first `await` is on line 7 of cell 1.'),
      expect.stringContaining('its first `await` is on line 4 of cell 1.'),
      expect.stringContaining('runs `f()`, created on line 3 of cell 2'),
      expect.stringContaining('`lock` is a lock'),
      expect.stringContaining('its first `await` is on line 5 of cell 2.'),
    ]);
    // Two cells that take their names from each other must not cause an endless search.
    const [circle] = blockSubjects(['a = b\nawait a\n', 'b = a\n'], true);
    expect(sitesIn(circle).map(({ subject }) => subject.kind)).toEqual(['unknown']);
  });

  test('the first iterable is evaluated before a comprehension begins', () => {
    expect(explain('[x for x in await f()]', 'async def f(): await g()')).not.toContain('comprehension');
    expect(explain('(x for x in await f())', 'async def f(): await g()')).not.toContain('async generator');
  });

  test('what comes from the program is code, never markup', () => {
    const text = explain('await client["](command:quit) <b>`"].get(1)');
    expect(text).not.toMatch(/(?<!`[^`]*)\]\(command/);
    expect(text).toContain('`');
  });
});

describe('in Korean', () => {
  test.each([
    'await asyncio.sleep(2)',
    'await asyncio.Event().wait()',
    'async with asyncio.Lock(): pass',
    'await anything()',
    'async for x in stream(): pass',
  ])('%s', (line) => {
    const text = explain(line, '', translator(korean));
    expect(text).toMatch(/[가-힣]/);
    // Outside code, only words that Python itself gives stay Latin.
    const words = text.replace(/(`+).*?\1/g, '').match(/[A-Za-z]{2,}/g) ?? [];
    expect(words.filter((word) => !['await', 'yield', 'asyncio'].includes(word))).toEqual([]);
  });
});

describe('super()', () => {
  const text = (bases: string) => `class Base:
    async def load(self): return 1
class Other: pass
class Child(${bases}):
    async def load(self):
        await super().load()
`;
  const of = (bases: string) => explainSite(awaitSites(text(bases))[0], english).join(' ');
  test('calls the method of the one class above', () => {
    expect(of('Base')).toContain('`load()` is a coroutine');
    expect(of('Base')).toContain('It never suspends');
  });
  test.each(['Base, Other', 'Unknown'])('of %s it cannot be told', (bases) =>
    expect(of(bases)).toContain('cannot tell what `super().load(…)` is'),
  );
});
