import { describe, expect, test } from 'vitest';
import { allInterpreters, program, runs } from '../engines/here';

/** A few short programs on every Python that is found, also where the other tests run on some of them only. */

if (allInterpreters.length === 0) console.log('skipped: no CPython from 3.9 on was found');

const programs = {
  'one turn, and the end': `import asyncio
async def main():
    await asyncio.sleep(0)
asyncio.run(main())`,
  'tasks, a queue and a lock': `import asyncio
async def worker(queue, lock):
    while (item := await queue.get()) is not None:
        async with lock:
            await asyncio.sleep(0.01)
            print(item)
async def main():
    queue, lock = asyncio.Queue(), asyncio.Lock()
    workers = [asyncio.create_task(worker(queue, lock)) for _ in range(2)]
    for item in (1, 2, 3, None, None):
        await queue.put(item)
    await asyncio.gather(*workers)
asyncio.run(main())`,
  'a failure that ends the program': `import asyncio
async def fail():
    await asyncio.sleep(0.01)
    raise ValueError('no')
async def main():
    await asyncio.gather(fail(), asyncio.sleep(1))
asyncio.run(main())`,
};

describe.each(allInterpreters.map(({ version, command }) => [version, command]))('Python %s', (_, engine) => {
  for (const [what, source] of Object.entries(programs))
    for (const clock of ['virtual', 'real'] as const)
      test(`${what}, on the ${clock} clock`, async () => {
        const { timeline, exit } = await runs(program(source), { engine, clock });
        expect(timeline.exit).toBe(exit);
        expect(timeline.truncated).toBeUndefined();
        expect(timeline.errors.filter(({ kind }) => kind === 'tracer')).toEqual([]);
        // The record goes to the end: every task has one, and every wait in the program a line and, where Python knows it, a column.
        expect(timeline.tasks.filter(({ outcome }) => outcome.kind === 'pending')).toEqual([]);
        const own = timeline.sites.filter((site) => site?.code.user);
        expect(own.length).toBeGreaterThan(0);
        const columns = Number(timeline.meta.python.split('.')[1]) >= 11;
        expect(own.filter((site) => columns && site?.column === undefined)).toEqual([]);
      });
});
