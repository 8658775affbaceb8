import { describe, expect, test } from 'vitest';
import { countTasks } from '../../src/core/lanes/lanes';
import { interpreters, program, runs } from '../engines/here';

const LIBRARY = `
import asyncio

async def ping():
    await asyncio.sleep(0.1)

async def both():
    await asyncio.gather(ping(), ping())

async def keep_alive():
    while True:
        await asyncio.sleep(0.05)

async def within(function):
    await function()

class Pool:
    async def __aenter__(self):
        self.task = asyncio.ensure_future(keep_alive())
        return self
    async def __aexit__(self, *error):
        self.task.cancel()
    async def run(self, function):
        await asyncio.ensure_future(within(function))
`;

const engines = [{ command: 'embedded', version: 'embedded' }, ...interpreters];

/** What runs in the tasks that libraries make for themselves. */
async function ofLibraries(source: string, engine: string): Promise<{ theirs: string[]; own: number }> {
  const { timeline, stderr } = await runs(program(source), { engine, clock: 'virtual' });
  expect(stderr).toBe('');
  const theirs = timeline.tasks.filter(({ ofLibrary }) => ofLibrary).map(({ coroutine }) => coroutine);
  return { theirs, own: countTasks(timeline) };
}

describe.each(engines)('tasks that libraries make: $version', ({ command }) => {
  test('those that the program asks for are its own, whatever runs in them', async () => {
    const source = `
import asyncio

async def main():
    event, queue = asyncio.Event(), asyncio.Queue()
    queue.put_nowait(1)
    kept = asyncio.create_task(event.wait())
    asyncio.get_running_loop().call_later(1, event.set)
    await asyncio.gather(asyncio.sleep(0.1), asyncio.sleep(0.2))
    await asyncio.wait_for(queue.get(), 5)
    await asyncio.wait([asyncio.ensure_future(asyncio.sleep(0.3)), kept])
    for each in asyncio.as_completed([asyncio.sleep(0.1)]):
        await each
    await asyncio.shield(asyncio.sleep(0.1))

asyncio.run(main())
`;
    const { theirs, own } = await ofLibraries(source, command);
    expect(theirs).toEqual([]);
    // wait_for() makes no task since Python 3.12.
    expect([7, 8]).toContain(own);
  });

  test('those within a coroutine of a library are not', async () => {
    const { theirs, own } = await ofLibraries(
      `
import asyncio, library

async def worker():
    await asyncio.sleep(0.1)

async def main():
    await library.both()
    async with library.Pool() as pool:
        await pool.run(worker)

asyncio.run(main())
`.replace(
        'import asyncio, library',
        // A library is what its file says: code that is compiled under a name of the standard library's folder.
        `import asyncio, types
library = types.ModuleType('library')
exec(compile('''${LIBRARY}''', asyncio.__file__.replace('__init__', 'made_for_a_test'), 'exec'), library.__dict__)`,
      ),
      command,
    );
    expect(theirs).toEqual(['ping', 'ping', 'keep_alive', 'within']);
    // main(), and the task in which a function of the program runs.
    expect(own).toBe(2);
  });
});
