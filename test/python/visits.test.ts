import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { lineRun } from '../../src/core/explain/run';
import { disposeEngines } from '../../src/engines/run';
import { awaitSites } from '../../src/source/await-sites';
import { interpreters, program, runs } from '../engines/here';

/** A comment at each await says how often it waits, and for how many seconds in all. */
const TEXT = `import asyncio

async def ticks(n):
    for i in range(n):
        await asyncio.sleep(1)  # 5 5
        yield i

async def f(x):
    await asyncio.sleep(x)  # 5 8
    return x

async def main():
    a = [x async for x in ticks(2)]  # 2 2
    b = [await f(x) for x in range(1, 3)]  # 2 3
    c = {x: 1 async for x in ticks(1)}  # 1 1
    g = (x async for x in ticks(2))  # 2 2
    h = (await f(x) for x in range(1, 3))  # 2 3
    async for x in g:  # 2 2
        print(x)
    print([x async for x in h])  # 2 3
    print(await f(1), await f(1)) if not a else await f(2)  # 0 0 0 0 1 2

asyncio.run(main())
`;

afterAll(() => disposeEngines());

const engines = ['embedded', ...interpreters.map(({ command }) => command)];

test.each(engines)('what is told of each await is what it waited: %s', async (engine) => {
  const file = program(TEXT);
  const { timeline } = await runs(file, { engine, clock: 'virtual' });
  const text = readFileSync(file, 'utf8').split('\n');
  const found = new Map<number, number[]>();
  for (const site of awaitSites(TEXT)) {
    const { visits, total } = lineRun(timeline, file, site);
    const { line } = site.range.start;
    found.set(line, [...(found.get(line) ?? []), visits.length, Math.round(total)]);
  }
  // Without columns, awaits of one line are taken together.
  if (!timeline.meta.columns) found.delete(TEXT.split('\n').findIndex((line) => line.includes('if not a')) + 1);
  expect(found.size).toBeGreaterThan(8);
  for (const [line, numbers] of found)
    expect([line, numbers.join(' ')]).toEqual([line, /# ([\d ]+)$/.exec(text[line - 1])?.[1]]);
});
