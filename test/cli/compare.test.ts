import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cleanedUp } from '../webview/browser/scenes';
import { breakfast, laterBreakfast } from '../webview/browser/scenes-compared';
import { command, scratch } from './coroscope';

function traces(): string {
  const folder = scratch();
  writeFileSync(join(folder, 'a.coroscope'), breakfast());
  writeFileSync(join(folder, 'b.coroscope'), laterBreakfast());
  return folder;
}

test('two recorded runs: what changed, then each task', async () => {
  const { code, stdout, stderr } = await command(['compare', 'a.coroscope', 'b.coroscope'], { cwd: traces() });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^A {2}a\.coroscope\nB {2}b\.coroscope\n/);
  expect(stdout).toContain('the whole run         3 s → 4 s (+1 s)');
  expect(stdout.slice(stdout.indexOf('Task  '))).toBe(
    [
      'Task             A      B  Difference',
      'Task-1 (main)  3 s    4 s        +1 s',
      '  eggs (fry)   2 s    4 s        +2 s',
      '  bacon (fry)  3 s  2.5 s     −500 ms',
      '  toast (fry)  1 s      –   only in A',
      '  tea (fry)      –    1 s   only in B',
      '',
    ].join('\n'),
  );
});

test('as JSON, and as a page with both', async () => {
  const cwd = traces();
  const said = await command(['compare', 'a.coroscope', '--json', 'b.coroscope', '--html', 'both.html'], { cwd });
  expect(said.code).toBe(0);
  const { a, b, tasks } = JSON.parse(said.stdout);
  expect([a.duration, b.duration]).toEqual([3, 4]);
  const eggs = tasks.find(({ name }: { name: string }) => name === 'eggs');
  expect(eggs).toMatchObject({ depth: 1, a: { took: 2, turns: 2 }, b: { took: 4 }, difference: { took: 2, turns: 0 } });
  const tea = tasks.find(({ name }: { name: string }) => name === 'tea');
  expect(tea).toMatchObject({ a: null, b: { took: 1, outcome: 'result' }, difference: null });
  expect(readFileSync(join(cwd, 'both.html'), 'utf8')).toMatch(/"older":\["/);
});

test('tasks that asyncio.run() makes for itself are counted nowhere', async () => {
  const cwd = traces();
  writeFileSync(join(cwd, 'clean.coroscope'), cleanedUp());
  const said = await command(['compare', 'clean.coroscope', 'clean.coroscope', '--json'], { cwd });
  const { a, b, tasks } = JSON.parse(said.stdout);
  expect([a.tasks, b.tasks, tasks.length]).toEqual([1, 1, 1]);
  const text = await command(['compare', 'clean.coroscope', 'clean.coroscope'], { cwd });
  expect(text.stdout).toMatch(/^tasks +1$/m);
});

test('what is no trace, or one too few or too many, is one message', async () => {
  const cwd = traces();
  const says = async (...args: string[]) => {
    const { code, stderr } = await command(['compare', ...args], { cwd });
    return [code, stderr.trim()];
  };
  expect(await says('a.coroscope')).toEqual([2, expect.stringContaining('Which traces?')]);
  expect(await says('a.coroscope', 'b.coroscope', 'c')).toEqual([2, expect.stringContaining('Unexpected argument c')]);
  expect(await says('a.coroscope', 'b.coroscope', '--ascii')).toEqual([2, expect.stringContaining('--ascii')]);
  expect(await says('a.coroscope', 'gone')).toEqual([3, expect.stringContaining('There is no file')]);
  writeFileSync(join(cwd, 'other'), 'none of ours');
  expect(await says('a.coroscope', 'other')).toEqual([
    3,
    expect.stringMatching(/other could not be opened\. This is not/),
  ]);
});

test('a record that ends before its program is said to', async () => {
  const cwd = traces();
  writeFileSync(join(cwd, 'cut.coroscope'), breakfast().subarray(0, -64));
  const { code, stderr } = await command(['compare', 'cut.coroscope', 'b.coroscope'], { cwd });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^coroscope: cut\.coroscope: \w.+\n$/);
});

test('a run compared with itself has no difference', async () => {
  const { stdout } = await command(['compare', 'a.coroscope', 'a.coroscope', '--json'], { cwd: traces() });
  for (const { difference } of JSON.parse(stdout).tasks)
    expect(difference).toEqual({ took: 0, running: 0, ready: 0, suspended: 0, turns: 0 });
});
