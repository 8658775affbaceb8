import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import type { Watching } from '../../src/cli/live/watching';
import { topOfProcess } from '../../src/cli/top-process';
import { joined } from '../../src/core/joined';
import { readTimeline } from '../../src/core/timeline/build';
import { translator } from '../../src/core/translate';
import { allInterpreters, dist, interpreters, program } from '../engines/here';
import { coroscope, scratch } from './coroscope';
import { type InTerminal, inTerminal } from './terminal/in-terminal';

/** Three tasks wait for good, a fourth ticks. With a number it ends after so many ticks. */
const SERVICE = `
import asyncio, sys
async def waits(queue):
    await queue.get()
async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(waits(queue)) for n in range(3)]
    print('up', flush=True)
    n = 0
    while len(sys.argv) < 2 or n < int(sys.argv[1]):
        await asyncio.sleep(0.05)
        n += 1
    print('down', flush=True)
asyncio.run(main())
`;
const python = interpreters.at(-1)?.command ?? '';
const attachable = allInterpreters.find(({ version }) => Number(version.split('.')[1]) >= 14)?.command;
const old = allInterpreters.find(({ version }) => Number(version.split('.')[1]) < 14)?.command;
if (!attachable) console.log('skipped: no CPython from 3.14 on was found; top PID is not tested');
const inTerminals = python !== '' && process.platform !== 'win32';

const children: ChildProcess[] = [];
let running: InTerminal | undefined;
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  running?.signal('SIGKILL');
  await running?.ended;
  running = undefined;
});
function top(...args: readonly string[]): InTerminal {
  running = inTerminal(python, ['top', ...args]);
  return running;
}

/** A process that has printed `up`; `down` resolves with its exit code when it has printed that, too. */
async function started(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  while ((await lines.next()).value !== 'up');
  return { pid: child.pid!, child, line: async () => (await lines.next()).value as string };
}

async function recorded(ticks: number): Promise<string> {
  const trace = join(scratch(), 'out.coroscope');
  const run = ['run', '--engine', python, '--clock', 'real', '--trace', trace];
  await coroscope([...run, program(SERVICE), String(ticks)]);
  return trace;
}

describe.skipIf(!inTerminals)('top FILE in a terminal', () => {
  test('the last seconds of a trace that has ended, on the other screen, until q', async () => {
    const { screen, until, type, ended } = top('--last', '1s', await recorded(40));
    await until('it is shown', ({ text }) => text.includes(' · ended') && text.includes('Waited at'));
    expect([screen.other, screen.cursorShown]).toEqual([true, false]);
    expect(screen.lines[0]).toMatch(/program\.py · \d s · the last 1 s · ended +q quits$/);
    expect(screen.text).toContain('waits · queue.get() on queue (0)');
    type('q');
    expect(await ended).toBe(0);
    expect([screen.other, screen.cursorShown, screen.text.trim()]).toEqual([false, true, '']);
  });

  test('a trace that is written to: what its program does now; Ctrl+C ends the display alone', async () => {
    const trace = join(scratch(), 'grows.coroscope');
    const run = ['dist/cli.js', 'run', '--engine', python, '--clock', 'real', '--trace', trace, program(SERVICE)];
    const { child } = await started(process.execPath, run);
    const { until, type, ended, resize } = top(trace, '--last=1s');
    await until('it is shown', ({ text }) => /suspended 4 /.test(text) && /· 2 s · the last 1 s {2}/.test(text));
    resize(9, 50);
    await until('it is small', ({ lines }) => lines.length === 9 && lines[1].startsWith('Tasks'));
    type('\u0003');
    expect(await ended).toBe(0);
    expect(child.exitCode).toBe(null);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
});

describe.skipIf(python === '')('top where there is no terminal', () => {
  test('of a trace that has ended: one line', async () => {
    const { code, stdout, stderr } = await coroscope(['top', await recorded(10)]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^coroscope: tasks: 0 running, 0 ready, 0 suspended, done \S+; loop busy \d+%; .*\n$/);
  });

  test.each([
    [[], 2, 'Which process or trace? Write coroscope top PID.'],
    [['1', '2'], 2, 'Unexpected argument 2: top takes one process or trace.'],
    [['--last', 'long', '1'], 2, 'Option --last needs a time, like 5s, not long.'],
    [['/nowhere/trace'], 3, 'There is no folder /nowhere.'],
    [['package.json'], 3, 'This is not a Coroscope trace.'],
    [['4194305'], 3, 'There is no process 4194305.'],
  ])('%j is refused', async (args, exit, message) => {
    const { code, stderr } = await coroscope(['top', ...args]);
    expect([code, stderr]).toEqual([exit, expect.stringContaining(message)]);
  });
});

describe.skipIf(!attachable || !inTerminals)('top PID', () => {
  test('shows what a process does now, and leaves it as it was', async () => {
    const { pid, child, line } = await started(attachable!, [program(SERVICE), '200']);
    const temporary = scratch();
    running = inTerminal(python, ['top', '--last', '1s', String(pid)], { env: { TMPDIR: temporary } });
    const { screen, until, type, ended } = running;
    // Beyond the last second its tasks still stand where they stood.
    await until('it is shown', ({ text }) => /· 3 s · the last 1 s {2}/.test(text));
    expect(screen.text).toMatch(/Tasks {3}running 0 {3}ready 0 {3}suspended 4 /);
    type('q');
    expect(await ended).toBe(0);
    expect([screen.other, screen.cursorShown]).toEqual([false, true]);
    expect(screen.text.trim()).toBe(`coroscope: Process ${pid} goes on, unrecorded.`);
    expect(readdirSync(temporary)).toEqual([]);
    expect(await line()).toBe('down');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });

  test('its trace begins anew before it is large, and nothing of the one before is left', async () => {
    const { pid, child } = await started(attachable!, [program(SERVICE)]);
    const parts: Uint8Array[][] = [[]];
    const stop = new AbortController();
    const follow = {
      async drained() {},
      push: (bytes: Uint8Array) => parts.at(-1)!.push(bytes.slice()),
      anew: () => parts.push([]) > 3 && stop.abort(),
    };
    const watching = { stop: stop.signal, stays: false, begin: () => ({ follow, close() {} }), over() {} };
    const command = { of: pid, length: 1, seconds: undefined, arguments: true, libraryCalls: true, ascii: false };
    const told: string[] = [];
    const output = { write: (text: string) => told.push(text) };
    const screen = { env: process.env, cwd: '/', stdout: output, stderr: output };
    await topOfProcess(pid, command, watching as unknown as Watching, screen, translator(undefined), dist, 10_000);
    expect(told).toEqual([`coroscope: Process ${pid} goes on, unrecorded.\n`]);
    const whole = parts.slice(0, 3).map((part) => readTimeline(joined(part)));
    // Each is a trace by itself, in which the tasks stand where they stood.
    for (const { tasks } of whole) expect(tasks.filter(({ createdBefore }) => createdBefore)).toHaveLength(4);
    expect(child.exitCode).toBe(null);
  });

  test('of a process that ends, the last seconds stay until they were looked at', async () => {
    const { pid, child } = await started(attachable!, [program(SERVICE)]);
    const { screen, until, type, ended } = top(String(pid));
    await until('it is shown', ({ text }) => text.includes('suspended 4 '));
    child.kill('SIGINT');
    await until('it has ended', ({ text }) => text.includes(' · ended'));
    type('q');
    expect(await ended).toBe(0);
    expect(screen.text.trim()).toBe(`coroscope: Process ${pid} has ended.`);
  });

  test('lines for as long as was asked; then the process can be attached to again', async () => {
    const { pid, child } = await started(attachable!, [program(SERVICE)]);
    for (const _ of [1, 2]) {
      const { code, stderr } = await coroscope(['top', '--last', '500ms', '--for', '2s', String(pid)], { stdin: null });
      expect(code).toBe(0);
      expect(stderr).toMatch(/^(coroscope: tasks: .*\n)+coroscope: Process \d+ goes on, unrecorded\.\n$/);
    }
    expect(child.exitCode).toBe(null);
  });

  test.skipIf(!old)(
    'a Python that is too old is refused as attach does it, and the terminal is not taken',
    async () => {
      const { pid } = await started(old!, [program(SERVICE)]);
      const { screen, raw, ended } = top(String(pid));
      expect(await ended).toBe(3);
      expect(screen.lines.join('')).toContain('Coroscope attaches to Python 3.14 and later.');
      expect(raw()).not.toContain('\u001b');
    },
  );
});

test('what is tested is built', () => {
  expect(existsSync('dist/watch.js') && statSync('dist/watch.js').size).toBeGreaterThan(10_000);
});
