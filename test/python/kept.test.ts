import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { violations } from '../core/truths';
import { interpreters, program } from '../engines/here';

/** Programs that keep only their last seconds, and write them when something happens. */

const env = { ...process.env, PYTHONPATH: resolve('src/python') };

function ran(command: string, source: string, more: Readonly<Record<string, string>> = {}) {
  const file = program(source);
  const cwd = dirname(file);
  const end = spawnSync(command, [file], { cwd, env: { ...env, ...more }, encoding: 'utf8', timeout: 60_000 });
  const traces = readdirSync(cwd)
    .filter((name) => name.includes('.coroscope'))
    .sort();
  const timeline = (name: string, stopped?: string) => {
    const found = readTimeline(readFileSync(join(cwd, name)));
    expect(violations(found)).toEqual([]);
    expect(found.truncated?.reason).toBe(stopped);
    return found;
  };
  return { ...end, traces, timeline };
}

/** Rounds of work, each of some milliseconds; a task, a lock and a span are open from the first to the last. */
const WORK = `import asyncio, coroscope, os, signal, sys, time
async def step(n):
    for _ in range(10): await asyncio.sleep(0)
    await asyncio.sleep(0.001)
async def holds(lock, queue):
    async with lock:
        while True: await queue.get()
async def until(done, each=lambda n: None):
    lock, queue = asyncio.Lock(), asyncio.Queue()
    holder = asyncio.create_task(holds(lock, queue), name='holder')
    with coroscope.span('all of it'):
        n = 0
        while not done(n):
            await asyncio.gather(*[step(i) for i in range(20)])
            queue.put_nowait(n)
            each(n)
            n += 1
    holder.cancel()
def after(seconds):
    end = time.monotonic() + seconds
    return lambda n: time.monotonic() > end
def exists(name):
    end = time.monotonic() + 20
    return lambda n: os.path.exists(name) or time.monotonic() > end
`;

describe.each(interpreters)('$version', ({ command }) => {
  test('the last half second, with what was open when it began', () => {
    const { status, stderr, traces, timeline } = ran(
      command,
      `${WORK}
with coroscope.record('out.coroscope', keep=0.5):
    asyncio.run(until(after(2)))
`,
    );
    expect([status, stderr, traces]).toEqual([0, '', ['out.coroscope']]);
    const { meta, duration, tasks, spans, resources } = timeline('out.coroscope');
    expect(meta.clipped).toBe(true);
    expect(duration).toBeGreaterThan(0.4);
    expect(duration).toBeLessThan(1.5);
    const holder = tasks.find(({ name }) => name === 'holder')!;
    expect([holder.coroutine, holder.outcome.kind]).toEqual(['holds', 'cancelled']);
    expect(tasks.filter(({ coroutine }) => coroutine === 'until')).toHaveLength(1);
    expect(spans.map(({ name }) => name)).toEqual(['all of it']);
    expect(resources.some(({ kind }) => kind === 'lock')).toBe(true);
  });

  test('by size, and from the beginning where it fits', () => {
    const { stderr, timeline } = ran(
      command,
      `${WORK}
with coroscope.record('small.coroscope', keep='200 kB'): asyncio.run(until(after(0.7)))
with coroscope.record('all.coroscope', keep='30s'): asyncio.run(until(lambda n: n == 3))
`,
    );
    expect(stderr).toBe('');
    expect(timeline('small.coroscope').meta.clipped).toBe(true);
    const all = timeline('all.coroscope');
    expect(all.meta.clipped).toBe(false);
    expect(all.tasks.filter(({ coroutine }) => coroutine === 'step')).toHaveLength(60);
  });

  test('a signal and a blocked loop write what there is, with one line each', () => {
    const { status, stderr, traces, timeline } = ran(
      command,
      `${WORK}
def each(n):
    if n == 30: time.sleep(0.4)
async def main():
    await until(exists('out-1-blocked.coroscope'), each)
    os.kill(os.getpid(), signal.SIGUSR2)
    await until(exists('out-2-signal.coroscope'))
before = signal.getsignal(signal.SIGUSR2)
coroscope.start('out.coroscope', keep='1s', blocked='200ms', dump_on=signal.SIGUSR2)
asyncio.run(main())
coroscope.stop()
assert signal.getsignal(signal.SIGUSR2) == before
`,
    );
    expect([status, traces]).toEqual([0, ['out-1-blocked.coroscope', 'out-2-signal.coroscope', 'out.coroscope']]);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(
        /^The event loop was blocked for some 0\.\d+ s: the last of it is in .*out-1-blocked\.coroscope$/,
      ),
      expect.stringMatching(/^SIGUSR2 came: the last of it is in .*out-2-signal\.coroscope$/),
    ]);
    const blocked = timeline('out-1-blocked.coroscope');
    expect(blocked.holds.length).toBeGreaterThan(0);
    expect(blocked.exit).toBeUndefined();
    timeline('out-2-signal.coroscope');
  });

  test('as many as was said, and one at a time', () => {
    const { status, stderr, traces } = ran(
      command,
      `${WORK}
def each(n): time.sleep(0.15 if n % 3 == 0 else 0)
with coroscope.record('out.coroscope', keep='10s', blocked='60ms', dumps=1):
    asyncio.run(until(lambda n: n == 12, each))
`,
    );
    expect([status, traces]).toEqual([0, ['out-1-blocked.coroscope', 'out.coroscope']]);
    expect(stderr).toMatch(/^The event loop was blocked .*; no more are written\n$/);
  });

  test('SIGTERM that nobody handles: what is kept is written, and the process ends by it', () => {
    const { signal, traces, timeline } = ran(
      command,
      `${WORK}
coroscope.start('out.coroscope', keep='30s')
def each(n):
    if n == 20: os.kill(os.getpid(), signal.SIGTERM)
asyncio.run(until(after(20), each))
`,
    );
    expect([signal, traces]).toEqual(['SIGTERM', ['out.coroscope']]);
    expect(timeline('out.coroscope', 'killed').truncated?.reason).toBe('killed');
  });

  test('COROSCOPE=PATH,keep=…: each process for itself, and a fork', () => {
    const hook = resolve('src/python/coroscope/children/hook');
    const { status, stderr, traces, timeline } = ran(
      command,
      `import asyncio, os
async def parent(): await asyncio.sleep(0.01)
async def child(): await asyncio.sleep(0.01)
asyncio.run(parent())
pid = os.fork()
if pid == 0:
    asyncio.run(child())
else:
    os.waitpid(pid, 0)
`,
      { COROSCOPE: 'out.coroscope,keep=30s,blocked=500ms,dump_on=SIGUSR2', PYTHONPATH: hook },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(traces).toEqual([expect.stringMatching(/^out-\d+\.coroscope$/), 'out.coroscope']);
    expect(traces.map((name) => timeline(name).tasks[0].coroutine)).toEqual(['child', 'parent']);
  });

  test('what makes no sense is said', () => {
    const { stdout } = ran(
      command,
      `import coroscope
def tried(**keeps):
    try:
        coroscope.record('out.coroscope', **keeps)
    except (TypeError, ValueError) as error:
        print(f'{type(error).__name__}: {error}')
tried(keep='soon'); tried(keep=0); tried(keep=[1]); tried(blocked='1s'); tried(keep='1s', dump_on='SIGNOTHING'); tried(keep='1s', dumps=-1)
`,
    );
    expect(stdout.trimEnd().split('\n')).toEqual([
      `ValueError: keep is a time such as "30s" or "200ms" or a size such as "64MB", not 'soon'`,
      'ValueError: keep is a time such as "30s" or "200ms" or a size such as "64MB", not 0',
      'TypeError: keep is seconds, or a text such as "30s", not list',
      'ValueError: slow_request and blocked write the last seconds: give keep, too, such as keep="30s".',
      `ValueError: dump_on is a signal such as SIGUSR2, not 'SIGNOTHING'`,
      'ValueError: dumps is how many are written at most, not -1',
    ]);
    const hook = resolve('src/python/coroscope/children/hook');
    const wrong = ran(command, "print('here')\n", { COROSCOPE: 'out.coroscope,keep=soon', PYTHONPATH: hook });
    expect([wrong.stdout, wrong.traces]).toEqual(['here\n', []]);
    expect(wrong.stderr).toMatch(
      /^coroscope: COROSCOPE=out\.coroscope,keep=soon: keep is a time .*This process is not recorded\.\n$/,
    );
  });
});

const python = process.env.COROSCOPE_LIBRARIES_PYTHON ?? '/usr/bin/python3';
const there = spawnSync(python, ['-c', 'import aiohttp'], { stdio: 'ignore' }).status === 0;
if (!there) console.log(`skipped: a slow request: ${python} has no aiohttp`);
test.skipIf(!there)('a slow request of a server writes the last seconds, with the whole of it', () => {
  const { status, stderr, traces, timeline } = ran(
    python,
    `import asyncio, coroscope, os, time
from aiohttp import ClientSession, web
async def quick(request): return web.Response()
async def slow(request):
    await asyncio.sleep(0.4)
    return web.Response()
async def main():
    app = web.Application()
    app.add_routes([web.get('/quick', quick), web.get('/slow', slow)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, '127.0.0.1', 0).start()
    address = 'http://127.0.0.1:%d' % runner.addresses[0][1]
    async with ClientSession() as client:
        async def get(path):
            async with client.get(address + path) as answer: await answer.read()
        for _ in range(50): await get('/quick')
        await get('/slow?token=hidden')
        end = time.monotonic() + 20
        while not os.path.exists('out-1-slow-request.coroscope') and time.monotonic() < end: await get('/quick')
    await runner.cleanup()
with coroscope.record('out.coroscope', keep='30s', slow_request='300ms'):
    asyncio.run(main())
`,
  );
  expect([status, traces]).toEqual([0, ['out-1-slow-request.coroscope', 'out.coroscope']]);
  expect(stderr).toMatch(/^GET \/slow took 0\.4\d* s: the last of it is in .*out-1-slow-request\.coroscope\n$/);
  const { spans } = timeline('out-1-slow-request.coroscope');
  const [slow] = spans.filter(({ name }) => name === 'GET /slow');
  expect([slow.outcome, slow.end! - slow.start > 0.39]).toEqual(['ended', true]);
});
