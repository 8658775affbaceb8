import { describe, expect, test } from 'vitest';
import { explainSite } from '../../src/core/explain/site';
import { translator } from '../../src/core/translate';
import { awaitSites, siteAt } from '../../src/source/await-sites';

const english = translator(undefined);

/** Kind and name of each subject in a body of `async def main()`, with what stands before it at module level. */
function subjects(body: string, before = ''): string[] {
  const text = `import asyncio\n${before}\nasync def main():\n${body.replace(/^/gm, '    ')}\n`;
  return awaitSites(text).map(({ subject }) => {
    const name = 'text' in subject && subject.kind !== 'asyncio' ? subject.text : subject.name;
    return `${subject.kind} ${name}`;
  });
}

describe('what is awaited', () => {
  const worker = 'async def work(n):\n    await asyncio.sleep(n)\n';

  test.each([
    ['await work(1)', ['coroutine work']],
    ['c = work(1)\nawait c', ['coroutine work']],
    ['t = asyncio.create_task(work(1))\nawait t', ['task t']],
    [
      'async with asyncio.TaskGroup() as tg:\n    t = tg.create_task(work(1))\nawait t',
      ['asyncio TaskGroup', 'task t'],
    ],
    ['await asyncio.get_running_loop().create_task(work(1))', ['task asyncio.get_running_loop().create_task']],
    ['f = asyncio.get_running_loop().create_future()\nawait f', ['asyncio Future']],
    ['f = asyncio.ensure_future(work(1))\nawait f', ['task f']],
    ['g = asyncio.gather(work(1), work(2))\nawait g', ['asyncio gather']],
    ['tasks = [asyncio.create_task(work(n)) for n in range(3)]\nfor t in tasks:\n    await t', ['task t']],
    ['for c in asyncio.as_completed([work(1)]):\n    await c', ['asyncio as_completed item']],
    ['async for c in asyncio.as_completed([work(1)]):\n    pass', ['asyncio as_completed']],
    ['q = asyncio.Queue()\nawait q.get()\nawait q.put(1)', ['asyncio Queue.get', 'asyncio Queue.put']],
    [
      'r, w = await asyncio.open_connection("h", 1)\nawait r.read()\nawait w.drain()',
      ['asyncio open_connection', 'asyncio StreamReader.read', 'asyncio StreamWriter.drain'],
    ],
    ['await work', ['uncalled work']],
    ['await 5', ['wrong 5']],
    ['await unheard_of(1)', ['unknown unheard_of(…)']],
    ['(await (work(1)))', ['coroutine work']],
  ])('%s', (body, expected) => {
    const after = subjects(body, worker);
    expect(after.slice(1)).toEqual(expected);
  });

  test('follows import aliases', () => {
    expect(
      subjects('await nap(1)\nawait aio.sleep(2)', 'from asyncio import sleep as nap\nimport asyncio as aio'),
    ).toEqual(['asyncio sleep', 'asyncio sleep']);
  });

  test('a name of the file hides an imported one', () => {
    expect(subjects('await sleep(1)', 'from asyncio import sleep\nasync def sleep(n): pass')).toEqual([
      'coroutine sleep',
    ]);
  });

  test('libraries are named, not guessed at', () => {
    expect(subjects('async with httpx.AsyncClient() as c:\n    await c.get("/")', 'import httpx')).toEqual([
      'library httpx.AsyncClient',
      'library c.get',
    ]);
  });

  test('methods and attributes of classes of the file', () => {
    const text = `import asyncio
class Pool:
    def __init__(self):
        self.lock = asyncio.Lock()
    async def take(self):
        async with self.lock:
            await self.refill()
    async def refill(self):
        return 1
    async def __aenter__(self): return self
    async def __aexit__(self, *a): pass
async def main(p: Pool, q: asyncio.Queue[int]):
    async with Pool() as pool:
        await pool.take()
        await p.refill()
        await q.get()
`;
    expect(
      awaitSites(text).map(({ subject }) => `${subject.kind} ${'name' in subject ? subject.name : subject.text}`),
    ).toEqual([
      'asyncio Lock',
      'coroutine refill',
      'instance Pool',
      'coroutine take',
      'coroutine refill',
      'asyncio Queue.get',
    ]);
  });

  test('managers and generators', () => {
    const before = `from contextlib import asynccontextmanager
@asynccontextmanager
async def session():
    yield 1
async def numbers():
    yield 1
`;
    expect(
      subjects(
        'async with session() as s, lock: pass\nasync for n in numbers(): pass\n[n async for n in numbers()]',
        before,
      ),
    ).toEqual(['manager session', 'unknown lock', 'generator numbers', 'generator numbers']);
  });

  test('parenthesized items of a with', () => {
    expect(subjects('async with (asyncio.timeout(1) as t, asyncio.Lock()):\n    pass')).toEqual([
      'asyncio timeout',
      'asyncio Lock',
    ]);
  });
});

describe('where', () => {
  const text = 'import asyncio\nasync def main():\n    x = await asyncio.sleep(await delay())\n';

  test('places are those of a trace: lines from 1, columns from 0', () => {
    expect(awaitSites(text)[0].range).toEqual({ start: { line: 3, column: 8 }, end: { line: 3, column: 42 } });
  });

  test.each([
    [9, 'asyncio.sleep'],
    [20, 'asyncio.sleep'],
    [30, 'delay(…)'],
    [37, 'delay(…)'],
    [4, undefined],
  ])('column %i belongs to %s', (column, expected) => {
    const site = siteAt(awaitSites(text), { line: 3, column });
    expect(site && 'text' in site.subject ? site.subject.text : undefined).toBe(expected);
  });

  test('an await outside async def is refused, and said so', () => {
    const [site] = awaitSites('import asyncio\nawait asyncio.sleep(1)\n');
    expect(site.allowed).toBe(false);
    expect(explainSite(site, english)).toEqual([
      'Python allows this only inside `async def`.',
      'Put it into an `async def main()`, and start that with `asyncio.run(main())`.',
    ]);
  });

  test('half-written source is read as far as it goes', () => {
    for (let end = 0; end < text.length; end++) expect(() => awaitSites(text.slice(0, end))).not.toThrow();
  });
});
