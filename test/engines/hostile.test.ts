import { describe, expect, test } from 'vitest';
import { interpreters, program, runs } from './here';

/** Programs that misbehave badly: what was recorded until then is kept and shown. */

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

  test('a task class whose get_coro() fails', async () => {
    const { stdout, timeline } = await on(`
class Odd(asyncio.Task):
    def get_coro(self): raise RuntimeError('no')
async def main():
    asyncio.get_running_loop().set_task_factory(lambda loop, coro, **more: Odd(coro, loop=loop, **more))
    print(await asyncio.gather(early(), early()))
asyncio.run(main())`);
    expect(stdout).toBe('[None, None]\n');
    expect(timeline.truncated).toBeUndefined();
    expect(timeline.tasks.map(({ coroutine, outcome }) => `${coroutine} ${outcome.kind}`).slice(1, 3)).toEqual([
      'early result',
      'early result',
    ]);
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

  test('tasks that are made while something is taken apart, and one of those fails', async () => {
    const { stdout, exit, timeline } = await on(`
class Fails:
    def __del__(self): raise RuntimeError('in del')
class Makes:
    def __del__(self): asyncio.get_running_loop().create_task(early(), name='late')
async def main():
    one, two = Fails(), Makes()
    await early()
    del one, two
    await early(); await early()
    print('end')
asyncio.run(main())`);
    expect([stdout, exit]).toEqual(['end\n', 0]);
    expect(timeline.tasks.find(({ name }) => name === 'late')?.outcome.kind).toBe('result');
  });

  test('names, results and errors of ten million letters', async () => {
    const { stdout, exit, trace } = await on(`
class Big:
    def __repr__(self): return 'r' * 10_000_000
async def gives(): await early(); return Big()
async def fails(): await early(); raise ValueError('e' * 10_000_000)
async def main():
    await asyncio.gather(asyncio.create_task(gives(), name='n' * 10_000_000), fails(), return_exceptions=True)
    print('end')
asyncio.run(main())`);
    expect([stdout, exit]).toEqual(['end\n', 0]);
    expect(trace.length).toBeLessThan(100_000);
  });

  test('results whose text ends the program, and names that are no text', async () => {
    const { stdout, exit, timeline } = await on(`
class Ends:
    def __repr__(self): sys.exit(4)
class Meta(type):
    def __getattribute__(self, name): raise SystemExit(name)
class Hidden(metaclass=Meta): pass
async def one(): await early(); return Ends()
async def two(): await early(); return Hidden
async def main():
    named = asyncio.create_task(early(), name='a\\ud800b\\x00c')
    await asyncio.gather(one(), two(), named)
    print('end')
asyncio.run(main())`);
    expect([stdout, exit]).toEqual(['end\n', 0]);
    expect(timeline.tasks.slice(0, 4).map(({ outcome }) => outcome.kind)).toEqual([
      'result',
      'result',
      'result',
      'result',
    ]);
  });

  test('a recursion without end, tracers and callbacks of its own that fail', async () => {
    const { stdout, exit, timeline } = await on(`
import gc
async def down(n): return await down(n + 1)
def fails(phase, info): raise ValueError('callback')
async def main():
    try: await down(0)
    except RecursionError: print('caught')
    gc.callbacks.append(fails); gc.collect(); gc.callbacks.remove(fails)
    seen = []
    def trace(frame, event, arg): seen.append(event); return trace
    sys.settrace(trace); await early(); sys.settrace(None)
    print(len(seen) > 3)
asyncio.run(main())`);
    expect([stdout, exit]).toEqual(['caught\nTrue\n', 0]);
    expect(timeline.tasks[0]).toMatchObject({ coroutine: 'main', outcome: { kind: 'result' } });
  });

  test.skipIf(engine === 'embedded')(
    'a thread that ends the process, an alarm that strikes anywhere, faulthandler',
    async () => {
      const thread = await on(`
import threading, time
async def main():
    threading.Thread(target=lambda: (time.sleep(0.1), os._exit(7))).start()
    while True: await early()
asyncio.run(main())`);
      expect(thread.exit).toBe(7);
      expect(thread.timeline.tasks[0].coroutine).toBe('main');
      const alarm = await on(`
import signal
def strike(signal, frame): raise TimeoutError('alarm')
signal.signal(signal.SIGALRM, strike); signal.setitimer(signal.ITIMER_REAL, 0.02, 0.001)
async def main():
    for _ in range(100):
        try: await asyncio.sleep(0)
        except TimeoutError: pass
    signal.setitimer(signal.ITIMER_REAL, 0)
while True:
    try: asyncio.run(main()); break
    except TimeoutError: pass
print('end')`);
      expect([alarm.stdout, alarm.exit]).toEqual(['end\n', 0]);
      const dumped = await on(`
import faulthandler
faulthandler.dump_traceback_later(0.3, exit=True)
async def main():
    while True: await early()
asyncio.run(main())`);
      expect(dumped.exit).toBe(1);
      expect(dumped.timeline.truncated?.reason).toBe('unfinished');
      expect(dumped.timeline.tasks[0].coroutine).toBe('main');
    },
  );

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
