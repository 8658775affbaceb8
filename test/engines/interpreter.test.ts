import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { joined } from '../../src/core/joined';
import { readTimeline } from '../../src/core/timeline/build';
import { translator } from '../../src/core/translate';
import { interpreterEngine } from '../../src/engines/interpreter/engine';
import { defaultLimits } from '../../src/engines/run';
import { dist, interpreters, oldInterpreters, program, runs } from './here';

const source = 'import asyncio\nasync def main():\n    await asyncio.sleep(0.01)\nasyncio.run(main())';

describe.each(interpreters)('Python $version', ({ command, version }) => {
  test('records on both clocks', async () => {
    for (const clock of ['virtual', 'real'] as const) {
      const { exit, timeline, stderr } = await runs(program(source), { engine: command, clock });
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
      expect(timeline.meta).toMatchObject({
        clock,
        python: expect.stringMatching(version.replace(/\.\d+$/, '')),
        engine: 'interpreter',
      });
      expect(timeline.tasks[0].coroutine).toBe('main');
    }
  });
});

describe.runIf(interpreters.length > 0)('a child', () => {
  const engine = interpreters.at(-1)?.command;

  test.runIf(process.platform !== 'win32')('that is killed leaves what was recorded, and who killed it', async () => {
    const killed =
      'import asyncio, os\nasync def main():\n    await asyncio.sleep(0.2)\n    os.kill(os.getpid(), 9)\nasyncio.run(main())';
    const { exit, timeline } = await runs(program(killed), { engine });
    expect(exit).toBe(null);
    expect(timeline.truncated).toEqual({ reason: 'killed', message: 'program.py was killed (SIGKILL).' });
    expect(timeline.tasks.map((task) => task.coroutine)).toEqual(['main']);
  });

  test('that leaves in the middle', async () => {
    const left =
      'import asyncio, os\nasync def main():\n    await asyncio.sleep(0.2)\n    os._exit(5)\nasyncio.run(main())';
    const { exit, timeline } = await runs(program(left), { engine });
    expect(exit).toBe(5);
    expect(timeline).toMatchObject({ exit: 5, truncated: undefined });
    const { state, end } = timeline.segments;
    expect([state[timeline.segments.count - 1], end[timeline.segments.count - 1]]).toEqual([1, timeline.duration]);
  });

  test.runIf(process.platform !== 'win32')('that becomes another program', async () => {
    const becoming =
      'import asyncio, os, sys\nasync def main():\n    for _ in range(50):\n        await asyncio.sleep(0)\n    os.execvp(sys.executable, [sys.executable, "-c", "print(6); raise SystemExit(6)"])\nasyncio.run(main())';
    const { exit, stdout, timeline } = await runs(program(becoming), { engine });
    expect({ exit, stdout }).toEqual({ exit: 6, stdout: '6\n' });
    expect(timeline.truncated).toMatchObject({ reason: 'replaced', message: expect.stringContaining('os.execv') });
    expect(timeline.tasks[0].count).toBeGreaterThan(100);
  });

  test.runIf(process.platform !== 'win32')(
    'that closes all descriptors that are not its own, the pipe of the trace too, runs on',
    async () => {
      const closing =
        'import asyncio, os\nos.closerange(3, os.sysconf("SC_OPEN_MAX"))\nasync def main():\n    await asyncio.sleep(0)\n    print("on")\nasyncio.run(main())';
      const { exit, stdout, timeline } = await runs(program(closing), { engine });
      expect({ exit, stdout }).toEqual({ exit: 0, stdout: 'on\n' });
      expect(timeline.tasks).toEqual([]);
      expect(timeline.truncated).toBeDefined();
    },
  );

  test.runIf(process.platform !== 'win32')(
    'that ignores all requests to stop is killed, with what it started',
    async () => {
      const file = program(
        [
          'import asyncio, signal, subprocess, sys, time',
          'asyncio.run(asyncio.sleep(0.2))',
          'signal.signal(signal.SIGTERM, signal.SIG_IGN)',
          `child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])`,
          'print(child.pid, flush=True)',
          'open(__file__ + ".on", "w").close()',
          'while True: time.sleep(1)',
        ].join('\n'),
      );
      const abort = new AbortController();
      const timer = setInterval(() => {
        if (!existsSync(`${file}.on`)) return;
        clearInterval(timer);
        abort.abort();
      }, 20);
      const { exit, stdout, timeline } = await runs(file, { engine }, abort.signal);
      expect(exit).toBe(null);
      expect(timeline.truncated).toMatchObject({ reason: 'cancelled' });
      await expect.poll(() => alive(Number(stdout)), { timeout: 5000 }).toBe(false);
    },
  );

  test('whose grandchild keeps the pipes open does not keep the run open', async () => {
    const began = Date.now();
    const daemon = 'import os, time\nif os.fork() == 0:\n    time.sleep(20)\n    os._exit(0)\nprint("parent")';
    const { exit, stdout } = await runs(program(daemon), { engine });
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: 'parent\n' });
    expect(Date.now() - began).toBeLessThan(15_000);
  });

  test('that floods stderr does not get stuck', async () => {
    const flood = 'import sys\nfor i in range(100_000): sys.stderr.write("x" * 50 + "\\n")\nprint("done")';
    const { stdout, stderr } = await runs(program(flood), { engine });
    expect(stdout).toBe('done\n');
    expect(stderr.length).toBe(5_100_000);
  });

  test('the trace can come through a file, too', async () => {
    const engine = interpreterEngine({
      interpreter: interpreters[0],
      assets: dist,
      translate: translator(undefined),
      trace: 'file',
    });
    const parts: Uint8Array[] = [];
    const request = {
      file: program(source),
      argv: [],
      cwd: '.',
      clock: 'virtual',
      limits: defaultLimits,
      stdio: 'pipe',
    } as const;
    const listener = { trace: (bytes: Uint8Array) => void parts.push(bytes), output: () => {} };
    const end = await engine.run(request, listener, new AbortController().signal);
    expect(end).toMatchObject({ exit: 0 });
    expect(readTimeline(joined(parts)).tasks[0].coroutine).toBe('main');
  });

  test('hash seeds are fixed on the virtual clock, unless the user set one', async () => {
    const file = program('import os\nprint(os.environ.get("PYTHONHASHSEED"))');
    expect((await runs(file, { engine, clock: 'virtual' })).stdout).toBe('0\n');
    expect((await runs(file, { engine, clock: 'real' })).stdout).toBe('None\n');
    process.env.PYTHONHASHSEED = '42';
    try {
      expect((await runs(file, { engine, clock: 'virtual' })).stdout).toBe('42\n');
    } finally {
      delete process.env.PYTHONHASHSEED;
    }
  });

  test('leaves no temporary files behind', async () => {
    const { stdout } = await runs(program('x'), {
      engine,
      source: 'import sys\nprint([a for a in sys.orig_argv if a.endswith("source.py")][0])',
    });
    expect(existsSync(stdout.trim())).toBe(false);
  });
});

test.runIf(oldInterpreters.length > 0)('one that is too old is refused with its version', async () => {
  await expect(runs(program(source), { engine: oldInterpreters[0] })).rejects.toThrow(
    /is Python \d\.\d+\.\d+; Coroscope needs 3\.9 or later\.$/,
  );
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
