import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { violations } from '../core/truths';
import { interpreters, program } from '../engines/here';

/** Programs that record themselves: `coroscope.record`. */

const env = { ...process.env, PYTHONPATH: resolve('src/python') };

function ran(command: string, source: string, before: readonly string[] = []) {
  const file = program(source);
  const cwd = dirname(file);
  const { status, signal, stdout, stderr } = spawnSync(command, [...before, file], {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 30_000,
  });
  const timeline = (name: string) => readTimeline(readFileSync(join(cwd, name)));
  return { status, signal, stdout, stderr, timeline };
}

const work = `import asyncio, coroscope, os, signal, sys
async def work(n):
    await asyncio.sleep(n / 100)
    print('done', n)
async def main():
    await asyncio.gather(work(1), work(2))
`;

describe.each(interpreters)('$version', ({ command }) => {
  test('each recording is a trace of its own, and the program is as it was afterwards', () => {
    const { status, stdout, stderr, timeline } = ran(
      command,
      `${work}
def patched():
    return asyncio.BaseEventLoop.call_soon, asyncio.events.Handle._run, asyncio.events.TimerHandle._run, os._exit, sys.stdout.write
before = patched()
for number in range(2):
    with coroscope.record(f'{number}.coroscope'):
        asyncio.run(main())
    print(patched() == before)
asyncio.run(main())
`,
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toBe('done 1\ndone 2\nTrue\ndone 1\ndone 2\nTrue\ndone 1\ndone 2\n');
    for (const name of ['0.coroscope', '1.coroscope']) {
      const recorded = timeline(name);
      expect(violations(recorded)).toEqual([]);
      expect(recorded.truncated).toBeUndefined();
      expect(recorded.exit).toBeUndefined();
      const own = recorded.tasks.filter(({ code }) => code?.user);
      expect(own.map(({ coroutine }) => coroutine)).toEqual(['main', 'work', 'work']);
      expect(recorded.output.map(({ text }) => text).join('')).toBe('done 1\ndone 2\n');
    }
  });

  test('streams that the program took while it was recorded go on working', () => {
    const { status, stdout, stderr, timeline } = ran(
      command,
      `${work}
import gc, logging
with coroscope.record('out.coroscope'):
    handler = logging.StreamHandler()
    kept = sys.stdout
    lost = sys.stdout.write
    asyncio.run(main())
logging.getLogger().addHandler(handler)
for n in range(2):
    print('kept', n, file=kept)
    print('own', n)
    logging.warning('logged %d', n)
del kept, lost
logging.getLogger().removeHandler(handler)
del handler
gc.collect()
print('after', file=sys.stderr)
print('after')
`,
    );
    expect([status, stderr]).toEqual([0, 'logged 0\nlogged 1\nafter\n']);
    expect(stdout).toBe('done 1\ndone 2\nkept 0\nown 0\nkept 1\nown 1\nafter\n');
    expect(
      timeline('out.coroscope')
        .output.map(({ text }) => text)
        .join(''),
    ).toBe('done 1\ndone 2\n');
  });

  test('what cannot be recorded is said, and changes nothing', () => {
    const { stdout, stderr } = ran(
      command,
      `${work}
def tried(path):
    try:
        with coroscope.record(path): return 'recorded'
    except (RuntimeError, OSError) as error:
        return type(error).__name__ + ': ' + str(error)
with coroscope.record('outer.coroscope'):
    print(tried('inner.coroscope'))
    asyncio.run(main())
print(tried('no/such/folder.coroscope').split(':')[0])
print(tried('again.coroscope'))
`,
    );
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^RuntimeError: Coroscope already records to outer\.coroscope/);
    expect(lines.slice(1)).toEqual(['done 1', 'done 2', 'FileNotFoundError', 'recorded', '']);
    expect(stderr).toBe('');
  });

  test.each(['in a task', 'in another thread'])(
    'begun in a loop that runs, %s: tasks of before stand where they stood',
    (where) => {
      const { stdout, stderr, timeline } = ran(
        command,
        `import asyncio, coroscope, sys, threading
async def takes(queue):
    while True:
        print('took', await queue.get())
async def naps():
    await gate.wait()
async def recorded(queue):
    queue.put_nowait('x')
    await asyncio.sleep(0.01)
    await asyncio.sleep(0)
async def main():
    global gate
    gate = asyncio.Event()
    queue = asyncio.Queue()
    taker, napping = asyncio.ensure_future(takes(queue)), asyncio.ensure_future(naps())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    before = vars(loop._selector).get('select')
    if ${where === 'in a task' ? 'True' : 'False'}:
        with coroscope.record('in.coroscope'):
            await recorded(queue)
    else:
        begun, over = asyncio.Event(), threading.Event()
        def records():
            with coroscope.record('in.coroscope'):
                loop.call_soon_threadsafe(begun.set)
                over.wait()
        thread = threading.Thread(target=records)
        thread.start()
        await begun.wait()
        await recorded(queue)
        over.set()
        thread.join()
    own = [vars(thing) for thing in (loop, loop._selector)]
    print([name for each in own for name in each if 'coroscope' in name], vars(loop._selector).get('select') is before)
    print(hasattr(napping, '_coroscope'), hasattr(type(loop), '_coroscope'), asyncio.BaseEventLoop.call_soon.__code__.co_filename == asyncio.base_events.__file__)
    gate.set()
    await napping
    taker.cancel()
asyncio.run(main())
`,
      );
      expect([stdout, stderr]).toEqual(['took x\n[] True\nFalse False True\n', '']);
      const recorded = timeline('in.coroscope');
      expect(violations(recorded)).toEqual([]);
      const told = recorded.tasks.map(({ coroutine, parent, createdBefore }) => [coroutine, parent, createdBefore]);
      expect(told.sort()).toEqual([
        ['main', 0, true],
        ['naps', 0, true],
        ['takes', 0, true],
      ]);
      expect(recorded.waits.some((wait) => wait?.label === 'event gate')).toBe(true);
    },
  );

  test('dump() writes what there is so far, and recording goes on', () => {
    const { stdout, stderr, timeline } = ran(
      command,
      `${work}
async def dumps():
    await work(1)
    print(os.path.basename(coroscope.dump('first.coroscope')))
    await work(2)
    again = [coroscope.dump(), coroscope.dump()]
    print(len(set(again)), all(os.path.basename(path).startswith('all-') for path in again))
    os.rename(again[1], 'second.coroscope')
    await work(3)
try: coroscope.dump()
except RuntimeError as error: print(error)
with coroscope.record('all.coroscope'):
    asyncio.run(dumps())
`,
    );
    expect([stdout, stderr]).toEqual([
      'Coroscope records nothing: there is nothing to dump.\ndone 1\nfirst.coroscope\ndone 2\n2 True\ndone 3\n',
      '',
    ]);
    const printed = ['first', 'second', 'all'].map((name) => {
      const recorded = timeline(`${name}.coroscope`);
      expect(violations(recorded)).toEqual([]);
      expect(recorded.truncated).toBeUndefined();
      return recorded.output
        .map(({ text }) => text)
        .join('')
        .match(/done/g)?.length;
    });
    expect(printed).toEqual([1, 2, 3]);
  });

  test('start() and stop(), or the end of the program', () => {
    const { stdout, stderr, timeline } = ran(
      command,
      `${work}
try: coroscope.stop()
except RuntimeError as error: print(error)
coroscope.start('first.coroscope')
asyncio.run(main())
coroscope.stop()
coroscope.start('second.coroscope')
asyncio.run(work(1))
`,
    );
    expect([stdout, stderr]).toEqual([
      'Coroscope records nothing that coroscope.start() began.\ndone 1\ndone 2\ndone 1\n',
      '',
    ]);
    const tasks = (name: string) => timeline(name).tasks.filter(({ code }) => code?.user).length;
    expect(['first.coroscope', 'second.coroscope'].map(tasks)).toEqual([3, 1]);
    expect(timeline('second.coroscope').truncated).toBeUndefined();
  });

  test('a program that is recorded as a whole records nothing of its own', () => {
    const source = `${work}\nwith coroscope.record('own.coroscope'):\n    asyncio.run(main())\nprint(os.path.exists('own.coroscope'))\n`;
    const whole = [resolve('src/python/coroscope'), 'run', '--trace', 'whole.coroscope'];
    const { stdout, stderr, timeline } = ran(command, source, whole);
    expect([stdout, stderr]).toEqual(['done 1\ndone 2\nFalse\n', '']);
    expect(timeline('whole.coroscope').exit).toBe(0);
  });

  test('what was recorded until it is killed is in the file', () => {
    const source = `${work}\nwith coroscope.record('own.coroscope'):\n    asyncio.run(main())\n    os.kill(os.getpid(), signal.SIGKILL)\n`;
    const { signal, timeline } = ran(command, source);
    expect(signal).toBe('SIGKILL');
    const recorded = timeline('own.coroscope');
    expect(recorded.truncated?.reason).toBe('killed');
    expect(recorded.tasks.map(({ coroutine }) => coroutine).slice(0, 3)).toEqual(['main', 'work', 'work']);
  });
});
