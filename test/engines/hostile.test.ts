import { describe, expect, test } from 'vitest';
import { interpreters, program, runs } from './here';

/** Programs that do what none should: what was recorded until then is kept, and told. */

const engines = ['embedded', ...interpreters.slice(-1).map(({ command }) => command)];
const limits = { steps: 1_000_000, virtualTime: 86_400, wallTime: 10 };

const first = `import asyncio, os, sys
async def early():
    await asyncio.sleep(0.2)
`;

describe.each(engines)('%s', (engine) => {
  const on = (source: string) => runs(program(first + source), { engine, limits });

  test('an exception whose attributes fail is told by its type', async () => {
    const { stdout, timeline } = await on(`
class Odd(Exception):
    @property
    def __class__(self): raise SystemExit(9)
    def __getattribute__(self, name): raise RuntimeError(name)
    def __str__(self): raise KeyboardInterrupt
    __repr__ = __str__
async def fails(): await early(); raise Odd('x')
async def main():
    print(len(await asyncio.gather(fails(), early(), return_exceptions=True)))
asyncio.run(main())`);
    expect(stdout).toBe('2\n');
    expect(timeline).toMatchObject({ truncated: undefined, exit: 0 });
    expect(timeline.tasks[1].outcome).toMatchObject({ kind: 'exception', text: 'Odd' });
  });

  test('garbage in the pipe of the trace', async () => {
    const { stdout, exit, timeline } = await on(`
async def main():
    await early()
    for n in range(5): await asyncio.sleep(0.15)
    for fd in [int(fd) for fd in os.listdir('/proc/self/fd') if int(fd) > 2] if sys.platform == 'linux' else range(3, 2048):
        try: os.write(fd, b'\\xff\\x00GARB' * 1000)
        except OSError: pass
    await early()
    print('still')
asyncio.run(main())`);
    expect([stdout, exit]).toEqual(['still\n', 0]);
    expect(timeline.truncated?.reason).toBe('damaged');
    expect(timeline.tasks[0].coroutine).toBe('main');
  });

  test('closed descriptors', async () => {
    const { timeline } = await on(`
async def main():
    await early()
    for n in range(5): await asyncio.sleep(0.15)
    os.closerange(3, 8192)
    await early()
asyncio.run(main())`);
    expect(timeline.tasks[0].coroutine).toBe('main');
    expect(timeline.segments.count).toBeGreaterThan(3);
    // The descriptors of the embedded Python are its own: it loses none of ours.
    expect(timeline.truncated?.reason).toBe(engine === 'embedded' ? undefined : 'unfinished');
  });

  test('a list that is 100,000 deep', async () => {
    const { stdout, timeline } = await on(`
async def deep():
    await early()
    found = []
    for _ in range(100_000): found = [found]
    return found
async def main(): print(len(await asyncio.create_task(deep())))
asyncio.run(main())`);
    // The embedded Python may break down when it takes the list apart, and says so: its stack is small.
    expect(stdout).toMatch(/^1\n/);
    expect(timeline.tasks.slice(0, 2).map(({ coroutine }) => coroutine)).toEqual(['main', 'deep']);
    if (engine === 'embedded') expect(timeline.truncated?.reason ?? 'whole').toMatch(/^(killed|whole)$/);
    else expect(timeline).toMatchObject({ truncated: undefined, exit: 0 });
  });

  test('what is registered for the end, and never comes to one', async () => {
    const { stdout, timeline } = await runs(
      program(`${first}
import atexit
def hang():
    print('hangs', flush=True)
    while True: pass
atexit.register(hang)
asyncio.run(early())`),
      { engine, limits: { ...limits, wallTime: 2 } },
    );
    expect(stdout).toBe('hangs\n');
    expect(timeline.tasks[0]).toMatchObject({ coroutine: 'early', outcome: { kind: 'result' } });
  });
});
