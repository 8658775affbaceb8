import { describe, expect, test } from 'vitest';
import { interpreters, program } from '../engines/here';
import { coroscope } from './coroscope';

/** How much of coroutines is recorded: before Python 3.12 following those inside tasks costs too much on the real clock. */

const source = `import asyncio
async def inner():
    return 1
async def outer():
    await inner()
    await asyncio.sleep(0.01)
asyncio.run(outer())
`;

async function recorded(...args: string[]) {
  const { code, stdout, stderr } = await coroscope(['run', ...args, '--json', program(source)]);
  expect([code, stderr.includes('Traceback')]).toEqual([0, false]);
  const { detail, coroutines, tasks } = JSON.parse(stdout);
  return { detail, functions: coroutines.map((each: { function: string }) => each.function), tasks: tasks.length };
}

describe.each(interpreters)('$version', ({ command, version }) => {
  const old = Number(version.split('.')[1]) < 12;
  const all = { detail: undefined, functions: ['outer', 'inner'], tasks: 2 };

  test('on the real clock', async () => {
    const engine = ['--engine', command, '--clock', 'real'];
    const seen = await recorded(...engine);
    expect(seen).toMatchObject(old ? { detail: 'tasks', functions: ['outer'] } : { functions: ['outer', 'inner'] });
    expect(await recorded(...engine, '--detail', 'full')).toEqual({ ...all, tasks: seen.tasks });
    const { stdout } = await coroscope(['run', ...engine, program(source)]);
    expect(stdout.replace(/\s+/g, ' ').includes('Coroutines inside tasks are not drawn here')).toBe(old);
  });

  // Without following coroutines only the task itself tells whether its first step ran anything.
  test('what was cancelled before its first step has run nothing, what ended in it has', async () => {
    const file = program(`import asyncio
async def early():
    print('early')
async def ends(cancelled):
    print('ends')
    await cancelled
async def main():
    cancelled = asyncio.get_running_loop().create_future()
    cancelled.cancel()
    tasks = asyncio.create_task(early()), asyncio.create_task(ends(cancelled))
    tasks[0].cancel()
    print(await asyncio.gather(*tasks, return_exceptions=True))
asyncio.run(main())
`);
    const { stdout } = await coroscope(['run', '--engine', command, '--clock', 'real', '--story', file]);
    const story = stdout.replace(/\s+/g, ' ');
    expect(story).toMatch(/early\(\) was cancelled (by main\(\) )?before its first step: none of its code runs/);
    expect(story).toMatch(/ends\(…\) starts\. It prints “ends”\. It ends, cancelled/);
  });

  test('on the virtual clock', async () => {
    const seen = await recorded('--engine', command, '--clock', 'virtual');
    expect(seen).toEqual({ ...all, tasks: seen.tasks });
  });
});

test('a detail that there is not', async () => {
  const { code, stderr } = await coroscope(['run', '--detail', 'much', program(source)]);
  expect(code).toBe(2);
  expect(stderr).toContain('The detail must be auto or full, not much.');
});
