import { describe, expect, test } from 'vitest';
import { State, type Timeline } from '../../src/core/timeline/model';
import type { Change } from '../../src/core/trace/change';
import { changesThatCame } from '../../src/core/what-if/applied';
import { changeableWait } from '../../src/core/what-if/wait';
import { waitLabel } from '../../src/core/words/waits';
import { violations } from '../core/truths';
import { interpreters, program, runs } from '../engines/here';

/** What if that wait took another time: on the embedded Python and under every interpreter. */

const SHOP = `import asyncio


async def pause():
    await asyncio.sleep(1)


async def worker(name):
    for turn in range(2):
        await asyncio.sleep(2)
        await pause()
    print(name, round(asyncio.get_running_loop().time() % 100_000, 3))


async def main():
    tasks = [asyncio.create_task(worker(n)) for n in "ab"]
    named = asyncio.create_task(worker("c"))
    named.set_name("c")
    await asyncio.gather(*tasks, named, asyncio.sleep(1), asyncio.sleep(2))
    async for event in stream():  # coroscope: yields 3 every 500ms
        print(event, round(asyncio.get_running_loop().time() % 100_000, 3))
    page = await get()  # coroscope: takes 1s


asyncio.run(main())
`;

const engines = [
  ['embedded', { engine: 'embedded' }],
  ...interpreters.map(({ version, command }) => [version, { engine: command }] as [string, { engine: string }]),
] as const;

/** The n-th wait of a task that may be changed. */
function wait(
  { tasks, segments }: Timeline,
  of: (name: string, coroutine: string) => boolean,
  nth: number,
  timeline: Timeline,
) {
  const task = tasks.find(({ name, coroutine }) => of(name, coroutine))!;
  const rows = Array.from({ length: task.count }, (_, i) => task.first + i).filter(
    (row) => segments.state[row] === State.suspended && changeableWait(timeline, row),
  );
  return changeableWait(timeline, rows[nth])!.change;
}

/** Without the order of those that end at one moment. */
const lines = (stdout: string) => stdout.trim().split('\n').sort();

const labels = (timeline: Timeline) =>
  Array.from({ length: timeline.segments.count }, (_, row) => waitLabel(timeline, row) ?? '').filter((label) =>
    label.includes('changed'),
  );

describe.each(engines)('%s', (_name, options) => {
  const file = program(SHOP);
  const all = { ...options, clock: 'virtual' as const };

  test('one visit of one task is changed, and the rest is as it was', async () => {
    const before = await runs(file, all);
    expect(lines(before.stdout)).toEqual(['0 6.5', '1 7.0', '2 7.5', 'a 6.0', 'b 6.0', 'c 6.0']);
    const second = wait(before.timeline, (_, coroutine) => coroutine === 'worker', 2, before.timeline);
    expect(second).toMatchObject({
      line: 10,
      visit: 2,
      task: {
        path: [
          ['main', 1],
          ['worker', 1],
        ],
      },
    });
    const change: Change = { ...second, to: 5 };
    const after = await runs(file, { ...options, whatIf: [change] });
    expect(after.timeline.meta.clock).toBe('virtual');
    expect(lines(after.stdout)).toEqual(['0 9.5', '1 10.0', '2 10.5', 'a 9.0', 'b 6.0', 'c 6.0']);
    expect(labels(after.timeline)).toEqual(['sleep 5 s · changed by you: 2 s → 5 s']);
    expect(violations(after.timeline)).toEqual([]);
    expect(after.timeline.meta.whatIf).toEqual([change]);
    expect(changesThatCame(after.timeline)).toEqual([true]);
    const again = await runs(file, { ...options, whatIf: [change] });
    expect(Buffer.from(again.trace).equals(Buffer.from(after.trace))).toBe(true);
  });

  test('changes made on a changed run stand beside those before', async () => {
    const before = await runs(file, all);
    const named = wait(before.timeline, (name) => name === 'c', 1, before.timeline);
    expect(named).toMatchObject({ line: 5, visit: 1, task: { name: 'c', path: null } });
    const first: Change = { ...named, to: 4 };
    const once = await runs(file, { ...options, whatIf: [first] });
    const later = wait(once.timeline, (name, coroutine) => coroutine === 'worker' && name !== 'c', 0, once.timeline);
    const both = await runs(file, { ...options, whatIf: [first, { ...later, to: 0.5 }] });
    expect(lines(both.stdout)).toEqual(['0 9.5', '1 10.0', '2 10.5', 'a 4.5', 'b 6.0', 'c 9.0']);
    expect(changesThatCame(both.timeline)).toEqual([true, true]);
  });

  test('waits that comments simulate, and sleeps that are tasks themselves', async () => {
    const before = await runs(file, all);
    const item = wait(before.timeline, (name) => name === 'Task-1', 1, before.timeline);
    const taken = wait(before.timeline, (name) => name === 'Task-1', 3, before.timeline);
    const slept = wait(before.timeline, (_, coroutine) => coroutine === 'sleep', 0, before.timeline);
    expect([item, taken, slept]).toMatchObject([
      { line: 20, visit: 2 },
      { line: 22, visit: 1 },
      {
        line: 19,
        visit: 1,
        task: {
          path: [
            ['main', 1],
            ['sleep', 1],
          ],
        },
      },
    ]);
    const whatIf = [item, taken, slept].map((change, n) => ({ ...change, to: n + 7 }));
    const after = await runs(file, { ...options, whatIf });
    expect(lines(after.stdout)).toEqual(['0 9.5', '1 16.5', '2 17.0', 'a 6.0', 'b 6.0', 'c 6.0']);
    expect(after.timeline.duration).toBeCloseTo(25, 6);
    expect(labels(after.timeline)).toEqual([
      'stream() · 7 s · changed by you: 500 ms → 7 s',
      'get() · 8 s · changed by you: 1 s → 8 s',
      'sleep 9 s · changed by you: 1 s → 9 s',
    ]);
  });

  test('every visit of a line; and one that never comes', async () => {
    const line = { file, column: null, task: null, visit: null };
    const after = await runs(file, {
      ...options,
      whatIf: [
        { ...line, line: 10, to: 0.25 },
        { ...line, line: 11, to: 9 },
      ],
    });
    expect(lines(after.stdout)).toEqual(['0 3.0', '1 3.5', '2 4.0', 'a 2.5', 'b 2.5', 'c 2.5']);
    expect(changesThatCame(after.timeline)).toEqual([true, false]);
  });
});

test('the real clock cannot be told what to do', async () => {
  const whatIf = [{ file: '/x.py', line: 1, column: null, task: null, visit: null, to: 1 }];
  await expect(runs(program('x = 1'), { clock: 'real', whatIf })).rejects.toThrow(/virtual clock/);
});
