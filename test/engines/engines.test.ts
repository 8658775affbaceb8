import { basename } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Limits } from '../../src/engines/engine';
import { defaultLimits, disposeEngines } from '../../src/engines/run';
import { interpreters, program, runs } from './here';

/** What must be so on both engines: every ending gives one clear result, and what was recorded is kept. */

const limits = (some: Partial<Limits>): Limits => ({ ...defaultLimits, ...some });
const newest = interpreters.at(-1);
const engines = [
  { name: 'embedded', engine: 'embedded', clock: undefined },
  ...(newest
    ? [
        { name: `${newest.version}, virtual clock`, engine: newest.command, clock: 'virtual' as const },
        { name: `${newest.version}, real clock`, engine: newest.command, clock: 'real' as const },
      ]
    : []),
];
afterAll(disposeEngines);

const three = `
import asyncio
async def brew(name, seconds):
    await asyncio.sleep(seconds)
    print(name)
    return name
async def main():
    print("start")
    await asyncio.gather(brew("tea", 0.1), brew("coffee", 0.2))
asyncio.run(main())
`;

describe.each(engines)('$name', ({ engine, clock }) => {
  test('a program that ends', async () => {
    const { exit, timeline, stdout, chosen, choice } = await runs(program(three), { engine, clock });
    expect(exit).toBe(0);
    expect(stdout).toBe('start\ntea\ncoffee\n');
    expect(timeline.truncated).toBeUndefined();
    expect(timeline.tasks.filter((task) => task.code?.user).map((task) => task.coroutine)).toEqual([
      'main',
      'brew',
      'brew',
    ]);
    expect(timeline.meta.clock).toBe(clock ?? 'virtual');
    expect(timeline.errors).toEqual([]);
    expect(chosen).toEqual(choice);
  });

  test('text that the disk does not hold; arguments; standard input', async () => {
    const file = program('raise SystemExit("the disk")');
    const source = 'import sys\nprint(sys.argv[1:], sys.stdin.read(), __name__, __file__.endswith("program.py"))';
    const { exit, stdout } = await runs(file, { engine, clock, source, argv: ['a', '--b', 'c d'], stdin: 'said 안녕' });
    expect(stdout).toBe("['a', '--b', 'c d'] said 안녕 __main__ True\n");
    expect(exit).toBe(0);
  });

  test('an exit code of its own', async () => {
    const { exit, timeline } = await runs(program('import sys\nsys.exit(7)'), { engine, clock });
    expect(exit).toBe(7);
    expect(timeline.exit).toBe(7);
  });

  test('an exception: its traceback as Python prints it, and its record', async () => {
    const source =
      'import asyncio\nasync def main():\n    await asyncio.sleep(0)\n    raise ValueError("boom")\nasyncio.run(main())';
    const { exit, stderr, timeline } = await runs(program(source), { engine, clock });
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^Traceback \(most recent call last\):\n/);
    expect(stderr).toMatch(/ValueError: boom\n$/);
    expect(stderr).not.toMatch(/coroscope[\\/]/);
    expect(timeline.errors).toMatchObject([{ kind: 'uncaught', type: 'ValueError', message: 'boom' }]);
  });

  test('a syntax error', async () => {
    const file = program('import asyncio\nasync def main(:\n    pass\n');
    const { exit, stderr, timeline } = await runs(file, { engine, clock });
    expect(exit).toBe(1);
    expect(stderr).toMatch(new RegExp(`^ *File ".*${basename(file)}", line 2\\n`));
    expect(stderr).toMatch(/SyntaxError: /);
    expect(timeline.tasks).toEqual([]);
    expect(timeline.errors).toMatchObject([{ type: 'SyntaxError' }]);
  });

  test('a hundred thousand prints arrive, in order', async () => {
    const source =
      'import asyncio\nasync def main():\n    for i in range(100_000):\n        print(i)\nasyncio.run(main())';
    const { exit, stdout } = await runs(program(source), { engine, clock });
    expect(exit).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.length).toBe(100_001);
    expect(lines.slice(0, -1).every((line, i) => line === String(i))).toBe(true);
  });

  test('stops at the limit of steps', async () => {
    const source =
      'import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())';
    const { timeline, stderr } = await runs(program(source), { engine, clock, limits: limits({ steps: 500 }) });
    expect(timeline.truncated).toMatchObject({ reason: 'steps' });
    expect(timeline.tasks.length).toBe(1);
    expect(timeline.segments.count).toBeGreaterThan(900);
    expect(stderr).toBe('');
  });

  test('stops at the limit of wall time, even where nothing is awaited', async () => {
    const source = [
      'import asyncio',
      'async def other():\n    await asyncio.sleep(5)',
      'async def main():\n    asyncio.create_task(other())\n    await asyncio.sleep(0)\n    print("spinning")\n    while True:\n        pass',
      'asyncio.run(main())',
    ].join('\n');
    const { timeline, stdout, stderr } = await runs(program(source), {
      engine,
      clock,
      limits: limits({ wallTime: 1 }),
    });
    expect(timeline.truncated).toMatchObject({ reason: 'wall-time' });
    expect(stdout).toBe('spinning\n');
    expect(stderr).toBe('');
    expect(timeline.tasks.map((task) => task.coroutine)).toEqual(['main', 'other']);
    expect(timeline.tasks[0].outcome.kind).toBe('pending');
  });

  test('cancelled while it waits or spins: what was recorded is kept, and the next run is well', async () => {
    const source =
      'import asyncio\nasync def main():\n    print("on", flush=True)\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())';
    const abort = new AbortController();
    const { timeline } = await runs(
      program(source),
      { engine, clock, limits: limits({ steps: 0 }) },
      abort.signal,
      // Trace data that arrives after the program's first output belongs to its loop.
      (of, said) => of === 'trace' && said !== '' && abort.abort(),
    );
    expect(timeline.truncated).toMatchObject({ reason: 'cancelled' });
    expect(timeline.tasks.length).toBe(1);
    const next = await runs(program(three), { engine, clock });
    expect(next).toMatchObject({ exit: 0, stdout: 'start\ntea\ncoffee\n' });
  });

  // A signal may arrive between any two instructions, even of the code that records a step; where differs from run to run.
  test('cancelled at whatever moment of a loop that spins', async () => {
    const source =
      'import asyncio\nasync def main():\n    print("on", flush=True)\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())';
    const file = program(source);
    const cancelled = async () => {
      const abort = new AbortController();
      const heard = (of: string, said: string) => of === 'trace' && said !== '' && abort.abort();
      const { timeline } = await runs(file, { engine, clock, limits: limits({ steps: 0 }) }, abort.signal, heard);
      return timeline.truncated?.reason;
    };
    const all = await Promise.all(Array.from({ length: engine === 'embedded' ? 1 : 12 }, cancelled));
    expect(all).toEqual(all.map(() => 'cancelled'));
  });

  test('cancelled before it began', async () => {
    await expect(runs(program(three), { engine, clock }, AbortSignal.abort())).rejects.toThrow(
      'program.py was cancelled.',
    );
  });
});

describe.each(engines.filter(({ clock }) => clock !== 'real'))('$name', ({ engine, clock }) => {
  test('stops at the limit of virtual time', async () => {
    const source =
      'import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\nasyncio.run(main())';
    const { timeline } = await runs(program(source), { engine, clock, limits: limits({ virtualTime: 100 }) });
    expect(timeline.truncated).toMatchObject({ reason: 'virtual-time' });
    expect(timeline.duration).toBeGreaterThanOrEqual(99);
    expect(timeline.duration).toBeLessThanOrEqual(101);
  });

  test('the same program gives the same trace, byte for byte', async () => {
    const file = program(three);
    const [first, second] = [await runs(file, { engine, clock }), await runs(file, { engine, clock })];
    expect(Buffer.compare(Buffer.from(first.trace), Buffer.from(second.trace))).toBe(0);
  });
});

test('a file that is missing, or a folder', async () => {
  const file = program(three);
  await expect(runs(`${file}.gone`)).rejects.toThrow(`There is no file ${file}.gone.`);
  await expect(runs(file.replace('program.py', ''))).rejects.toThrow('is a folder, not a Python file.');
});
