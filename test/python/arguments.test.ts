import { describe, expect, test } from 'vitest';
import { taskTitle } from '../../src/core/words/tasks';
import { interpreters, program, runs } from '../engines/here';

/** What tasks are called by: what they run, with short forms of its arguments. */

const engines = [{ version: 'embedded', command: 'embedded' }, ...interpreters];

const SOURCE = `import asyncio, enum
class Color(enum.Enum):
    RED = 1
class Loud:
    def __repr__(self): print("repr was run"); return "loud"
    def __getattr__(self, name): print("attribute was read", name); raise AttributeError(name)
class Client:
    async def get(self, path, *, token=None): await asyncio.sleep(0)
async def fetch(url, n, password=None, done=None): await asyncio.sleep(0)
async def worker(queue, id, *rest, **more):
    def later(): return id
    await asyncio.sleep(0)
    return later()
async def main():
    queue = asyncio.Queue()
    await asyncio.gather(
        fetch("apple", 1, "hunter2"), fetch("https://me:secret@host/", 2.5, None, print),
        worker(queue, 3, Color.RED, Loud(), kind=Loud), Client().get("/a", token="abc"), worker("x" * 50, 10 ** 30),
        fetch("same", 1), fetch("same", 1))
    named = asyncio.create_task(fetch("pear", 2))
    named.set_name("pears")
    await named
asyncio.run(main())
`;

describe.each(engines)('$version', ({ command }) => {
  test('short forms of plain values; secrets and what is opaque are not shown, and no code of the program runs', async () => {
    const { timeline, stdout } = await runs(program(SOURCE), { engine: command, clock: 'virtual' });
    expect(stdout).toBe('');
    expect(timeline.tasks.slice(0, 9).map(taskTitle)).toEqual([
      'main()',
      "fetch('apple', 1, …)",
      'fetch(…, 2.5, None, print)',
      'worker(queue, 3, Color.RED, …, kind=Loud)',
      "Client.get('/a', token=…)",
      "worker('xxxxxxxxxxxxxxxxxxxxxxx…', …)",
      "fetch('same', 1) (Task-7)",
      "fetch('same', 1) (Task-8)",
      "fetch('pear', 2) (pears)",
    ]);
  });

  test('can be left out, and are with very many tasks', async () => {
    const off = await runs(program(SOURCE), { engine: command, clock: 'virtual', arguments: false });
    expect(off.timeline.tasks[0].args).toBeUndefined();
    expect(taskTitle(off.timeline.tasks[1])).toBe('Task-2 (fetch)');
    const many = await runs(
      program(`import asyncio
async def job(i): await asyncio.sleep(0)
async def main(): await asyncio.gather(*(job(i) for i in range(2500)))
asyncio.run(main())`),
      { engine: command, clock: 'virtual' },
    );
    expect(taskTitle(many.timeline.tasks[2000])).toBe('job(1999)');
    expect(taskTitle(many.timeline.tasks[2001])).toBe('Task-2002 (job)');
  });
});
