import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/core/findings/findings';
import { interpreters, program, runs } from '../engines/here';

/** Calls that wait for a socket, a pipe or another process in the loop's thread take their time on the virtual clock, and are reported. */

const HEAD = `import asyncio, os, select, signal, socket, subprocess, sys, threading, time, traceback
async def tick():
    for number in range(3):
        print('tick', number)
        await asyncio.sleep(0.1)
async def main():
    ticks = asyncio.create_task(tick())
    await asyncio.sleep(0)
    began = time.monotonic()
    a, b = socket.socketpair()
    wait(a, b)
    print(round(time.monotonic() - began, 1))
    await ticks
`;
const RUN = 'asyncio.run(main())\n';
const CHILD = `[sys.executable, '-S', '-c', 'import time; time.sleep(0.4); print("hi")']`;

const waits: Record<string, { body: string; lines: readonly string[]; took: RegExp }> = {
  'a socket with a time limit': {
    body: `    a.settimeout(0.25)
    try:
        a.recv(1)
    except OSError as error:
        print(error)
`,
    lines: ['a.recv(1)'],
    took: /^tick 0\ntimed out\n0\.2\ntick 1/,
  },
  'select without files': {
    body: '    select.select([a], [], [], 0.25)\n',
    lines: ['select.select([a], [], [], 0.25)'],
    took: /^tick 0\n0\.2\ntick 1/,
  },
  'a socket that a thread writes to': {
    body: `    threading.Thread(target=lambda: (time.sleep(0.4), b.send(b'x'))).start()
    a.recv(1)
`,
    lines: ['a.recv(1)'],
    took: /^tick 0\n0\.[4-9]\ntick 1/,
  },
  'a line of a process': {
    body: `    with subprocess.Popen(${CHILD}, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout:
            print(line.strip())
`,
    // Leaving the block may take long, too: then what called both is blamed.
    lines: ['for line in child.stdout', 'wait(a, b)'],
    took: /^tick 0\nhi\n(0\.[4-9]|\d\.\d)\ntick 1/,
  },
};

describe.each(interpreters)('calls that block the loop: $version', ({ command }) => {
  test.each(Object.keys(waits))('%s', async (name) => {
    const { body, lines, took } = waits[name];
    const source = `${HEAD.replace('async def main', `def wait(a, b):\n${body}async def main`)}${RUN}`;
    const { stdout, timeline } = await runs(program(source), { engine: command, clock: 'virtual' });
    expect(stdout).toMatch(took);
    const told = problemsOf(timeline)
      .filter(({ kind }) => kind === 'blocking')
      .map(({ site }) => source.split('\n')[timeline.sites[site]!.line - 1].trim().replace(/:$/, ''));
    expect(told.filter((each) => lines.includes(each))).not.toEqual([]);
  });

  test('an alarm interrupts it, and no frame of the tracer shows', async () => {
    const body = `    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        a.recv(1)
    except KeyError:
        print(traceback.format_exc().count('File'))
    try:
        time.sleep(-1)
    except ValueError:
        print(traceback.format_exc().count('File'))
`;
    const handler = `def late(*given):
    raise KeyError
signal.signal(signal.SIGALRM, late)
`;
    const source = `${HEAD.replace('async def main', `def wait(a, b):\n${body}${handler}async def main`)}${RUN}`;
    const { stdout } = await runs(program(source), { engine: command, clock: 'virtual' });
    expect(stdout).toMatch(/^tick 0\n2\n1\n0\.[2-9]\ntick 1/);
  });

  // Elsewhere it is not known what a thread has computed.
  test.runIf(process.platform === 'linux')('an alarm ends a step that computes', async () => {
    const body = `    def late(*given):
        raise KeyError
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        while True:
            pass
    except KeyError:
        print('late')
`;
    const source = `${HEAD.replace('async def main', `def wait(a, b):\n${body}async def main`)}${RUN}`;
    const { stdout } = await runs(program(source), { engine: command, clock: 'virtual' });
    expect(stdout).toMatch(/^tick 0\nlate\n\d\.\d\ntick 1/);
  });
});
