import { dirname } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { statsCsv } from '../../src/core/stats/csv';
import { disposeEngines } from '../../src/engines/run';
import { interpreters, program } from '../engines/here';
import { command, coroscope } from './coroscope';

afterAll(disposeEngines);

const text = `import asyncio
import time


async def load(delay):
    await asyncio.sleep(delay)
    time.sleep(0.2)


async def main():
    await asyncio.gather(load(1), load(1), load(3))
    await asyncio.sleep(0.5)


asyncio.run(main())
`;

async function stats(...args: string[]) {
  const cwd = dirname(program({ 'shop.py': text }));
  return { cwd, ...(await command(['stats', ...args], { cwd })) };
}

test('tables of await sites, coroutines and tasks', async () => {
  const { code, stdout } = await stats('shop.py');
  expect(code).toBe(0);
  const rows = stdout.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));
  expect(rows.slice(1, 5)).toEqual([
    'count | ready | suspended | p50 | p95 | max | share',
    '3 | 200 ms | 5 s | 1 s | 3 s | 3 s | 57% | load | shop.py:6:5',
    '1 | 0 s | 3.2 s | 3.2 s | 3.2 s | 3.2 s | 37% | main | shop.py:11:5',
    '1 | 0 s | 500 ms | 500 ms | 500 ms | 500 ms | 6% | main | shop.py:12:5',
  ]);
  expect(rows).toContain('3 | 600 ms | 200 ms | 5 s | 1.4 s | 3.2 s | 3.2 s | 157% | load | shop.py:5');
  expect(rows).toContain('3 | 0 s | 0 s | 3.7 s | 500 ms | 3.2 s | 3.2 s | 100% | main() Task-1 | shop.py:15:1');
  expect(stdout).not.toContain('shutdown');
});

test('as CSV and as JSON, all rows', async () => {
  const csv = await stats('--csv', '--by', 'coroutine', 'shop.py');
  expect(csv.stdout.split('\r\n')[0]).toBe('name,file,line,column,count,running,ready,suspended,p50,p95,max,share');
  expect(csv.stdout).toContain(`load,${csv.cwd}/shop.py,5,,3,0.6,0.2,5,1.4,3.2,3.2,`);
  const json = await stats('--json', 'shop.py');
  const { format, duration, site, coroutine, task } = JSON.parse(json.stdout);
  expect([format, duration, site.length, coroutine.length, task.length]).toEqual([1, 3.7, 3, 2, 4]);
  expect(site[0]).toMatchObject({ name: 'load', line: 6, column: 5, count: 3, running: null, suspended: 5, p50: 1 });
  // What a task does adds up to its life.
  for (const { running, ready, suspended, share } of task)
    expect(running + ready + suspended).toBeCloseTo(share * duration, 6);
});

test('names are data: a formula, quotes and line breaks', () => {
  const numbers = { count: 1, running: null, ready: 0, suspended: 0.1 + 0.2, p50: 0, p95: 0, max: 0, share: 1 };
  const row = { ...numbers, name: '=1+1,"a"\n', file: null, line: null, column: null };
  expect(statsCsv([row]).split('\r\n')[1]).toBe('"\'=1+1,""a""\n",,,,1,,0,0.3,0,0,0,1');
});

test('of a trace the same as of the run', async () => {
  const { cwd, stdout } = await stats('shop.py');
  await command(['run', '--trace', 'a.coroscope', 'shop.py'], { cwd });
  expect((await command(['stats', 'a.coroscope'], { cwd })).stdout).toBe(stdout);
});

test('what makes no sense is one message', async () => {
  const says = async (...args: string[]) => {
    const { code, stderr } = await command(['stats', ...args]);
    return [code, stderr.trim()];
  };
  expect(await says()).toEqual([2, expect.stringContaining('coroscope stats FILE')]);
  expect(await says('a.py', 'b.py')).toEqual([2, expect.stringContaining('Unexpected argument b.py')]);
  expect(await says('--by', 'line', 'a.py')).toEqual([2, expect.stringContaining('site, coroutine, task')]);
  expect(await says('--csv', '--json', 'a.py')).toEqual([2, expect.stringContaining('not both')]);
  const note = '```python\nimport asyncio\nasyncio.run(asyncio.sleep(1))\n```\n';
  const cwd = dirname(program({ 'n.md': `${note}\n${note}` }));
  const several = await command(['stats', '--json', 'n.md'], { cwd });
  expect(several).toMatchObject({ code: 2, stdout: '' });
  expect(several.stderr).toContain('Write one of them: n.md#1');
});

test.runIf(interpreters.length > 0)('on an interpreter, real clock', async () => {
  const { cwd } = await stats('shop.py');
  const { stdout } = await coroscope(['stats', '--json', '--engine', interpreters.at(-1)!.command, 'shop.py'], { cwd });
  const { site } = JSON.parse(stdout);
  expect(site[0]).toMatchObject({ name: 'load', line: 6, count: 3 });
  expect(site[0].suspended).toBeGreaterThanOrEqual(4.9);
});
