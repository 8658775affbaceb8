import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { interpreters, program } from '../engines/here';
import { whole } from '../whole';
import { coroscope, scratch } from './coroscope';

/** How programs end: by Ctrl+C, with the command, at a limit. On the newest interpreter, and on the embedded one where it makes a difference. */

const newest = interpreters.at(-1)?.command ?? '';
const posix = process.platform !== 'win32';
const engines = ['embedded', ...(newest ? [newest] : [])];

type Act = NonNullable<Parameters<typeof coroscope>[1]>['act'];

/** Sends signals, each as soon as the program has printed its word. */
function when(...steps: readonly (readonly [word: string, signal: NodeJS.Signals])[]): Act {
  return (kill, stdout) => {
    const left = [...steps];
    const timer = setInterval(() => {
      if (left.length === 0) clearInterval(timer);
      else if (stdout().includes(left[0][0])) kill(left.shift()![1]);
    }, 20);
  };
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test.runIf(posix)('Ctrl+C while the embedded Python is still loaded just ends the command', async () => {
  const file = program('print("ran")');
  let before = '';
  const act: Act = (kill, _stdout, _pid, stderr) => {
    const timer = setInterval(() => {
      // The engine is chosen, and then loaded: without a snapshot for seconds.
      if (!stderr().includes('embedded Python')) return;
      clearInterval(timer);
      before = stderr();
      kill('SIGINT');
    }, 5);
  };
  const args = ['run', '--engine', 'embedded', file];
  const { code, stdout, stderr } = await coroscope(args, { act, env: { XDG_CACHE_HOME: scratch() } });
  expect(code).toBe(130);
  expect(stdout.trim()).toBe('');
  expect(stderr.slice(before.length).trim().split('\n')).toEqual([
    expect.stringMatching(/^coroscope: \S+ was cancelled\.$/),
  ]);
});

describe.runIf(posix).each(engines)('Ctrl+C on %s', (engine) => {
  test('reaches the program, which cleans up', async () => {
    const file = program(`
import asyncio
async def main():
    try:
        print("on", flush=True)
        while True:
            await asyncio.sleep(0.01)
    finally:
        print("cleaned up")
asyncio.run(main())`);
    const trace = join(scratch(), 't.coroscope');
    const args = ['run', '--engine', engine, '--max-steps', '0', '--max-virtual-time', '0', '--trace', trace, file];
    const { code, stdout, stderr } = await coroscope(args, { act: when(['on', 'SIGINT']) });
    expect(stdout).toContain('cleaned up');
    expect(stderr).toContain('KeyboardInterrupt');
    expect(code).toBe(130);
    const timeline = readTimeline(readFileSync(trace));
    expect(timeline.truncated).toBe(undefined);
    expect(timeline.exit).toBe(130);
  });

  test('a second one ends a program that goes on, and says where it stood', async () => {
    const file = program(`
said = False
while True:
    try:
        if not said:
            said = True
            print("on", flush=True)
        while True: pass
    except KeyboardInterrupt:
        print("not yet", flush=True)`);
    const trace = join(scratch(), 't.coroscope');
    const act = when(['on', 'SIGINT'], ['not yet', 'SIGINT']);
    const { code } = await coroscope(['run', '--engine', engine, '--trace', trace, file], { act });
    expect(code).toBe(130);
    expect(readTimeline(readFileSync(trace)).truncated).toEqual({ reason: 'cancelled', message: 'Cancelled.' });
  });
});

describe.each(engines)('the limit of wall time on %s', (engine) => {
  const at = (trace: string) => readTimeline(readFileSync(trace)).truncated;

  test.each([
    ['that never gives control back', 'while True: pass'],
    [
      'that goes on and on',
      'import asyncio\nasync def main():\n    while True: await asyncio.sleep(0)\nasyncio.run(main())',
    ],
    // Nothing of Python's runs in it: the host has to end it.
    ['that is deep in C', 'print("on", flush=True)\nsum(range(10**13))'],
  ])('a program %s: exit code, record and header say it', async (_what, source) => {
    const trace = join(scratch(), 't.coroscope');
    const args = ['run', '--engine', engine, '--max-wall-time', '0.5', '--max-steps', '0', '--trace', trace];
    const { code, stdout, stderr } = await coroscope([...args, program(source)]);
    expect(at(trace)?.reason).toBe('wall-time');
    expect(stdout).toContain('Stopped at the limit of time. --max-wall-time S changes this limit');
    expect(stderr).toContain(
      'program.py was stopped after 0.5 s, the limit of wall time. --max-wall-time S changes this limit',
    );
    expect(code).toBe(4);
  });
});

describe.runIf(posix && newest !== '')('with an interpreter', () => {
  const FAMILY = `
import subprocess, sys, time, os
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(f"pids {os.getpid()} {child.pid} ", flush=True)
while True: time.sleep(1)`;
  const pids = (stdout: string) => (/pids (\d+) (\d+)/.exec(stdout) ?? []).slice(1).map(Number);

  test('a third Ctrl+C kills a program that heeds nothing', async () => {
    const deaf = `
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
count = 0
def heard(*_):
    global count
    count += 1
    print("heard", count, flush=True)
signal.signal(signal.SIGINT, heard)
print("on", flush=True)
while True: time.sleep(0.01)`;
    const act: Act = (kill, stdout) => {
      let sent = 0;
      const timer = setInterval(() => {
        if (sent === 0 ? stdout().includes('on') : stdout().includes('heard 1')) kill('SIGINT');
        else return;
        if (++sent === 3) clearInterval(timer);
      }, 20);
    };
    const { code } = await coroscope(['run', '--engine', newest, program(deaf)], { act });
    expect(code).toBe(130);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s to the command ends the program and what it started', async (signal, expected) => {
    const { code, stdout } = await coroscope(['run', '--engine', newest, program(FAMILY)], {
      act: when(['pids', signal]),
    });
    expect(code).toBe(expected);
    expect(pids(stdout).length).toBe(2);
    for (const pid of pids(stdout)) await expect.poll(() => alive(pid), { timeout: 30_000 }).toBe(false);
  });

  test('so does the death of the command', async () => {
    const { stdout } = await coroscope(['run', '--engine', newest, program(FAMILY)], {
      act: when(['pids', 'SIGKILL']),
    });
    expect(pids(stdout).length).toBe(2);
    for (const pid of pids(stdout)) await expect.poll(() => alive(pid), { timeout: 30_000 }).toBe(false);
  });

  test('a signal that comes to the program from elsewhere is told as what it was', async () => {
    const file = program('import os, signal\nos.kill(os.getpid(), signal.SIGTERM)');
    const { code, stdout, stderr } = await coroscope(['run', '--engine', newest, file]);
    expect(stderr).toContain('program.py was killed (SIGTERM).');
    expect(stdout).toContain('Ended by SIGTERM.');
    expect(code).toBe(1);
  });

  test('there is no limit of wall time on the real clock, and SIGUSR2 writes what there is so far', async () => {
    const folder = scratch();
    const file = program(
      'import asyncio\nasync def main():\n    print("on", flush=True)\n    await asyncio.sleep(600)\nasyncio.run(main())',
    );
    const asked = join(folder, 't-1.coroscope');
    const act: Act = (kill, stdout) => {
      const timer = setInterval(() => {
        if (existsSync(asked)) {
          clearInterval(timer);
          kill('SIGTERM');
        } else if (stdout().includes('on')) kill('SIGUSR2');
      }, 50);
    };
    await coroscope(['run', '--engine', newest, '--trace', join(folder, 't.coroscope'), file], { act });
    expect(readTimeline(readFileSync(asked)).tasks.map(({ name }) => name)).toEqual(['Task-1']);
  });
});

test.runIf(process.platform === 'linux')(
  'the embedded Python ends with the command, whatever it is doing',
  async () => {
    const children: number[] = [];
    const file = program('print("on", flush=True)\nfor _ in range(10**7): pass\nsum(range(10**13))');
    await coroscope(['run', '--engine', 'embedded', '--max-wall-time', '0', file], {
      act: (kill, stdout, pid) => {
        const timer = setInterval(() => {
          if (!stdout().includes('on')) return;
          clearInterval(timer);
          children.push(...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number));
          kill('SIGKILL');
        }, 20);
      },
    });
    expect(children.length).toBeGreaterThan(0);
    for (const pid of children) await expect.poll(() => alive(pid), { timeout: 30_000 }).toBe(false);
  },
);

/** A server on the loopback and its clients, in one program: answers so many requests, each of several turns. */
const SERVER = (requests: number) => `
import asyncio
async def serve(reader, writer):
    while line := await reader.readline():
        for _ in range(50):
            await asyncio.sleep(0)
        writer.write(line)
        await writer.drain()
    writer.close()
async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(${requests}):
        writer.write(b"ping\\n")
        assert await reader.readline() == b"ping\\n"
    writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        await asyncio.gather(*(client(server.sockets[0].getsockname()[1]) for _ in range(20)))
asyncio.run(main())
print("served")`;

describe.runIf(newest)('the limit of steps', () => {
  // It takes a million turns to tell.
  test.runIf(whole)('is none for a server on the real clock: a million turns and more are nothing to it', async () => {
    const trace = join(scratch(), 't.coroscope');
    const { code, stdout } = await coroscope(['run', '--engine', newest, '--trace', trace, program(SERVER(1000))]);
    expect(stdout).toContain('served');
    expect(code).toBe(0);
    const timeline = readTimeline(readFileSync(trace));
    expect(timeline.truncated).toBe(undefined);
    expect(timeline.steps).toBeGreaterThan(1_000_000);
  });

  test('holds there if it is asked for, and the command says so on stderr, with --json too', async () => {
    const args = ['run', '--engine', newest, '--json', '--max-steps', '500', program(SERVER(1000))];
    const { code, stdout, stderr } = await coroscope(args);
    expect(code).toBe(4);
    expect(JSON.parse(stdout).truncated.reason).toBe('steps');
    expect(stderr).toContain(
      'program.py was stopped after 500 steps of the event loop. --max-steps N changes this limit',
    );
  });
});
