import { expect, test } from 'vitest';
import { decodeHostMessage } from '../../src/core/protocol/messages';
import { shapesByFile, shapesOfText } from '../../src/source/shapes/shapes';

const source = `import asyncio
async def fetch(n):
    await asyncio.sleep(n)
    return n
async def main():
    a = await fetch(1)
    b = await fetch(2)
    task = asyncio.create_task(fetch(3))
    await task
    asyncio.current_task().uncancel()
    print(a, b)
class Job:
    done = False
async def watch(job):
    while not job.done:
        await asyncio.sleep(0.01)
asyncio.run(main())
`;

test('what a source tells travels as text, whole', () => {
  const files = shapesByFile(shapesOfText('/a.py', source));
  const [[file, { sequences, uncancels }]] = files;
  expect(file).toBe('/a.py');
  expect(sequences[0].awaits.map(({ call }) => call)).toEqual(['fetch(1)', 'fetch(2)']);
  expect(uncancels).toEqual([[5, 12]]);
  const message = { type: 'shapes', files };
  expect(decodeHostMessage(JSON.parse(JSON.stringify(message)))).toEqual(message);
});

test.each([
  [
    'a task awaited at once',
    'async def main():\n    task = asyncio.create_task(work())\n    return await task\n',
    'atOnce',
  ],
  ['polling', 'async def watch(job):\n    while not job.done:\n        await asyncio.sleep(0.01)\n', 'polls'],
] as const)('%s', (_what, body, kind) => {
  const text = `import asyncio\nasync def work():\n    await asyncio.sleep(1)\n${body}`;
  const files = shapesByFile(shapesOfText('/a.py', text));
  expect(files[0][1][kind]).toHaveLength(1);
  expect(JSON.parse(JSON.stringify(files))).toEqual(files);
});

test('a source with nothing to tell is left out', () => {
  expect(shapesByFile(shapesOfText('/a.py', 'async def f():\n    await g()\n'))).toEqual([]);
});
