import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sameTasks } from '../../src/core/compare/same-tasks';
import { nextTurn, turnsAtLine } from '../../src/core/places/line-events';
import { readTimeline } from '../../src/core/timeline/build';
import type { Timeline } from '../../src/core/timeline/model';
import { translator } from '../../src/core/translate';
import { whyNotShown } from '../../src/core/words/not-shown';
import { livePython } from '../../src/engines/live/in-process';
import { type LiveEnd, runLive } from '../../src/engines/live/run';
import { enginesOfNode } from '../../src/engines/run';
import { dist } from './here';

/** A program that is being typed, as live mode runs it. */

const t = translator(undefined);
const python = livePython(dist, t);
beforeAll(() => python.warm(), 60_000);
afterAll(() => python.dispose());

const file = resolve('typed.py');
const again = (source: string, signal = new AbortController().signal): Promise<LiveEnd> =>
  runLive({ file, source, argv: [], cwd: '.', assets: dist, python, translate: t }, signal, enginesOfNode);
async function timeline(source: string): Promise<Timeline> {
  const end = await again(source);
  if (end.kind !== 'recorded') throw new Error(JSON.stringify(end));
  return readTimeline(end.trace);
}
const why = async (source: string) => whyNotShown(await timeline(source), t);
const body = (lines: string) => `import asyncio\nasync def main():\n${lines}\nasyncio.run(main())\n`;

test('what can be shown is shown, also what fails on its way', async () => {
  expect(await why(body('    await asyncio.sleep(1)'))).toBeUndefined();
  expect(await why(body('    await asyncio.sleep(1)\n    1 / 0'))).toBeUndefined();
});

test('what cannot is told with its line', async () => {
  expect(await why(body('    await asyncio.sleep('))).toBe("Line 3: SyntaxError: '(' was never closed");
  expect(await why('import asyncio\nnothing.run()\n')).toBe("Line 2: NameError: name 'nothing' is not defined");
  expect(await why('print(1)')).toBe('It starts no event loop.');
  const needs = await again('import aiohttp\n');
  expect(needs).toMatchObject({ kind: 'obstacle', comments: true });
  expect(await again(body('    await asyncio.to_thread(print)'))).toMatchObject({ kind: 'obstacle', comments: false });
});

test('runaways are stopped, and the next run is well at once', async () => {
  expect(await why(body('    while True: pass'))).toBe('Stopped: it takes too long.');
  // Of three turns of the loop one is a step of the task: the others are the wait and its timer.
  expect(await why(body('    while True: await asyncio.sleep(1)'))).toMatch(
    /^(It does not end: stopped after 6667 steps|Stopped: it takes too long)/,
  );
  // On a busy machine the time may be over before that many turns have run.
  const flood = await again(body('    while True: print("x" * 1000)'));
  if (flood.kind === 'recorded')
    expect(whyNotShown(readTimeline(flood.trace), t)).toMatch(/^Stopped: it takes too long/);
  else expect(flood).toEqual({ kind: 'flood' });
  expect(await why(body('    hoard = []\n    while True: hoard.append(bytearray(1 << 24))'))).toMatch(
    /^Stopped: it (uses too much memory|takes too long)/,
  );
  expect(await why(body('    await asyncio.sleep(1)'))).toBeUndefined();
}, 180_000);

test('a newer text cancels the run before, also one that does not listen', async () => {
  const old = new AbortController();
  const stubborn = '    while True:\n        try:\n            while True: pass\n        except BaseException: pass';
  const first = again(body(stubborn), old.signal);
  await new Promise((over) => setTimeout(over, 200));
  old.abort();
  expect(await why(body('    await asyncio.sleep(1)'))).toBeUndefined();
  expect(await first).toEqual({ kind: 'cancelled' });
}, 60_000);

test('tasks of two runs are the same by what they are called, what they run, and their order', async () => {
  const group = (lines: string) =>
    `import asyncio
async def work(n):
    await asyncio.sleep(n)
async def other(): pass
async def main():
    async with asyncio.TaskGroup() as group:
${lines}
asyncio.run(main())
`;
  const make = (what: string, name = '') => `        group.create_task(${what}${name && `, name='${name}'`})`;
  const before = await timeline(group([make('work(1)', 'a'), make('work(2)', 'b'), make('work(3)')].join('\n')));
  const named = (after: Timeline) =>
    [...sameTasks(before, after, { renamed: true })]
      .filter(([one]) => /main|work/.test(before.tasks[one].coroutine))
      .map(([one, two]) => `${before.tasks[one].name} ${after.tasks[two].name}`)
      .sort();
  const more = [make('other()'), make('work(3)'), make('work(2)', 'b'), make('work(1)', 'a')].join('\n');
  // One more before them: Task-2 of before is Task-3 now.
  expect(named(await timeline(group(more)))).toEqual(['Task-1 Task-1', 'Task-2 Task-3', 'a a', 'b b']);
  const renamed = [make('work(1)', 'c'), make('work(2)', 'b')].join('\n');
  expect(named(await timeline(group(renamed)))).toEqual(['Task-1 Task-1', 'a c', 'b b']);
});

test('events of a line: where tasks stop there, go on from there, and print', async () => {
  const source = body('    for n in range(2):\n        await asyncio.sleep(1)\n    print("over")');
  const run = await timeline(source);
  const told = run.output[0].step;
  const turns = turnsAtLine(run, file, 4);
  expect(turns.length).toBeGreaterThanOrEqual(3);
  expect(turnsAtLine(run, file, 5)).toEqual([Math.floor(told)]);
  expect(turnsAtLine(run, file, 1)).toEqual([]);
  expect(nextTurn(turns, undefined, 1)).toBe(turns[0]);
  expect(nextTurn(turns, turns[0], 1)).toBe(turns[1]);
  expect(nextTurn(turns, turns[0], -1)).toBe(turns.at(-1));
});
