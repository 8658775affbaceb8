import { afterAll, expect, test } from 'vitest';
import { disposeEngines } from '../../src/engines/run';
import { program } from '../engines/here';
import { command } from './coroscope';

afterAll(disposeEngines);

const text = `import asyncio

async def load(name, delay):
    await asyncio.sleep(delay)
    return name

async def consumer(queue):
    while await queue.get() is not None:
        await asyncio.sleep(0.5)

async def main():
    queue = asyncio.Queue()
    task = asyncio.create_task(consumer(queue), name='consumer')
    for found in await asyncio.gather(load('a', 1), load('b', 2)):
        await queue.put(found)
    await queue.put(None)
    await task

asyncio.run(main())
`;

/** The lines of the path, without columns of spaces. */
async function why(...options: string[]): Promise<string[]> {
  const { stdout } = await command(['run', ...options, program({ 'shop.py': text })]);
  const lines = stdout.split('\n');
  const from = lines.findIndex((line) => line.startsWith('What led to'));
  return from < 0 ? [] : lines.slice(from, -1).map((line) => line.trim().replace(/ {2,}/g, ' | '));
}
const folder = /[^\s(]*\/shop\.py/;
const told = async (...options: string[]) => (await why(...options)).map((line) => line.replace(folder, 'shop.py'));

test('the path to the end of the program, with who woke whom', async () => {
  expect(await told('--why')).toEqual([
    'What led to the end of main() at 3 s: suspended 3 s',
    'at | took | share',
    "0 s | 2 s | 67% | load('b', 2) was suspended: sleep 2 s (shop.py:4), and woke main(), which woke consumer(queue)",
    '2 s | 500 ms | 17% | consumer(queue) was suspended: sleep 0.5 s (shop.py:9)',
    '2.5 s | 500 ms | 17% | consumer(queue) was suspended: sleep 0.5 s (shop.py:9), and woke main()',
  ]);
});

test('to the end of a task, by its name or by what it runs, and to a moment of it', async () => {
  const [title, , ...rest] = await told("--why=load('a', 1)");
  expect(title).toBe("What led to the end of load('a', 1) at 1 s: suspended 1 s");
  expect(rest).toEqual(["0 s | 1 s | 100% | load('a', 1) was suspended: sleep 1 s (shop.py:4)"]);
  const [moment, , ...parts] = await told('--why=consumer@1s');
  expect(moment).toBe('What led to consumer(queue) at 2 s: suspended 2 s');
  expect(parts).toEqual([
    "0 s | 2 s | 100% | load('b', 2) was suspended: sleep 2 s (shop.py:4), and woke main(), which woke consumer(queue)",
  ]);
});

test('what is not there, or is several, is told', async () => {
  const says = async (what: string) => {
    const { stderr } = await command(['run', `--why=${what}`, program({ 'shop.py': text })]);
    return stderr.trim().split('\n').at(-1);
  };
  expect(await says('nobody')).toBe('coroscope: There is no task nobody.');
  expect(await says('load')).toBe('coroscope: 2 tasks are called load. Write one of their names: Task-2, Task-3');
  expect(await says('consumer@9s')).toBe('coroscope: consumer(queue) did nothing at that time.');
});

test('--json prints the path alone; its parts add up', async () => {
  const { stdout } = await command(['run', '--why', '--json', program({ 'shop.py': text })]);
  const { format, why: path } = JSON.parse(stdout);
  expect(format).toBe(1);
  expect(path).toMatchObject({ task: 1, name: 'Task-1', end: 3 });
  const sum = path.parts.reduce(
    (total: number, { start, end }: { start: number; end: number }) => total + end - start,
    0,
  );
  expect(sum).toBeCloseTo(3, 9);
  expect(path.parts).toContainEqual({
    kind: 'suspended',
    task: 4,
    start: 0,
    end: 2,
    share: 2 / 3,
    waitingFor: 'sleep 2 s',
    link: null,
  });
  expect(
    path.parts.filter(({ link }: { link: string | null }) => link).map(({ link }: { link: string }) => link),
  ).toEqual(['created', 'woke', 'woke', 'woke']);
});
