import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { columnsOf } from '../../src/core/text/width';
import { interpreters, program } from '../engines/here';
import { coroscope } from './coroscope';
import { type InTerminal, inTerminal, type TerminalOptions } from './terminal/in-terminal';

/** Prints a numbered line every 50 ms. Three tasks wait for good; the loop is blocked once, for 200 ms. */
const SERVICE = `
import asyncio, sys, time
async def 기다림(queue):
    await queue.get()
async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(기다림(queue), name=f'손님-{n}') for n in range(3)]
    time.sleep(0.2)
    print('isatty', sys.stdout.isatty(), sys.stderr.isatty(), flush=True)
    n = 0
    while True:
        await asyncio.sleep(0.05)
        n += 1
        print(f'line {n}', flush=True)
        if n == LAST: break
asyncio.run(main())
`;
const python = interpreters.at(-1)?.command ?? '';
const endless = program(SERVICE.replace('LAST', '0'));
const live = ['run', '--engine', python, '--live'];

let running: InTerminal | undefined;
afterEach(async () => {
  running?.signal('SIGKILL');
  await running?.ended;
  running = undefined;
});
function started(args: readonly string[], options?: TerminalOptions): InTerminal {
  running = inTerminal(python, args, options);
  return running;
}

/** Where the display begins: the row of its second line, above which is its first. */
const topOf = ({ lines }: InTerminal['screen'], tasks = 'Tasks   running') =>
  lines.findIndex((line) => line.startsWith(tasks)) - 1;

describe.skipIf(python === '' || process.platform === 'win32')('run --live in a terminal', () => {
  test('the display has the lowest lines; the program keeps the terminal, and Ctrl+C reaches it', async () => {
    const { screen, until, type, resize, ended, raw } = started([...live, endless]);
    await until('the tasks are told', ({ text }) => /suspended 4 /.test(text) && /line 5\n/.test(text));
    expect(screen.text).toContain('isatty True True');
    expect(screen.text).toContain('기다림 · queue.get() on');
    await until('the blocked loop is told', ({ text }) => /Findings\n.*blocked the event loop.*:8/.test(text));
    expect(screen.scrollsWhole).toBe(false);
    // Below the display is nothing, above it what the program printed, where it goes on.
    expect(screen.lines.slice(topOf(screen)).filter((line) => line.startsWith('line '))).toEqual([]);
    expect(screen.cursor.row).toBeLessThan(topOf(screen));

    for (const [rows, columns] of [
      [40, 120],
      [16, 60],
      [24, 80],
    ]) {
      resize(rows, columns);
      // At most half of the terminal, and its last line is the last of the terminal.
      await until(`it has ${rows} lines`, (now) => {
        const top = topOf(now);
        return (
          !now.scrollsWhole &&
          top >= Math.ceil(rows / 2) &&
          now.cursor.row < top &&
          now.lines.filter(isHead).length === 1
        );
      });
      expect(screen.lines.slice(topOf(screen)).every((line) => columnsOf(line) <= columns)).toBe(true);
    }

    type('\u0003');
    expect(await ended).toBe(130);
    expect(screen.text + screen.above.join('\n')).toContain('KeyboardInterrupt');
    expect(screen.scrollsWhole).toBe(true);
    expect(screen.cursorShown).toBe(true);
    expect(screen.lines.filter(isHead)).toEqual([]);
    const printed = [...raw().matchAll(/line (\d+)\r\n/g)].map(([, n]) => Number(n));
    expect(printed).toEqual(printed.map((_, i) => i + 1));
  });

  test('whatever ends the command, the terminal scrolls as before', async () => {
    const crash = join(mkdtempSync(join(tmpdir(), 'coroscope-test-')), 'crash.cjs');
    writeFileSync(crash, "process.on('SIGALRM', () => { throw new Error('a mistake') });");
    for (const signal of ['SIGTERM', 'SIGHUP', 'SIGALRM'] as const) {
      const {
        screen,
        until,
        signal: send,
        ended,
      } = started([...live, endless], {
        env: { NODE_OPTIONS: `--require ${crash}` },
      });
      await until('it is shown', ({ text }) => text.includes('suspended 4 '));
      send(signal);
      expect(await ended).toBe({ SIGTERM: 143, SIGHUP: 129, SIGALRM: 3 }[signal]);
      expect([signal, screen.scrollsWhole, screen.cursorShown, screen.lines.filter(isHead)]).toEqual([
        signal,
        true,
        true,
        [],
      ]);
    }
  });

  test('stopped by Ctrl+Z it leaves the terminal, and has it again when it goes on', async () => {
    const { screen, until, signal } = started([...live, endless]);
    await until('it is shown', ({ text }) => text.includes('suspended 4 '));
    signal('SIGTSTP');
    await until('it has left', (now) => now.scrollsWhole && !now.lines.some(isHead));
    signal('SIGCONT');
    await until('it is shown again', (now) => !now.scrollsWhole && now.text.includes('suspended 4 '));
    expect(screen.cursor.row).toBeLessThan(topOf(screen));
  });

  test('what the program asks for is typed behind its question', async () => {
    const file = program(`
import asyncio
async def main():
    print('one ', end='', flush=True)
    await asyncio.sleep(1)
    print('line')
    print('hello', await asyncio.to_thread(input, 'name? '))
    await asyncio.sleep(1)
asyncio.run(main())`);
    const { screen, until, type, ended } = started([...live, file]);
    await until('it is shown', ({ text }) => /^one\n[\s\S]*Tasks/m.test(text));
    await until('it asks', ({ text }) => /^one line\nname\?\n[\s\S]*to_thread\(input\)/m.test(text));
    type('wor');
    await until('it is seen', ({ text }) => /^name\? wor$/m.test(text));
    type('ld\n');
    await until('it answers', ({ text }) => /^name\? world\nhello world\n[\s\S]*Tasks/m.test(text));
    expect(await ended).toBe(0);
    expect(screen.scrollsWhole).toBe(true);
  });

  test('a program that ends by itself: its timeline follows, as without --live', async () => {
    const { screen, until, ended } = started([...live, program(SERVICE.replace('LAST', '20'))]);
    await until('it is shown', ({ text }) => text.includes('suspended '));
    expect(await ended).toBe(0);
    expect(screen.scrollsWhole).toBe(true);
    const all = [...screen.above, ...screen.lines];
    expect(all.filter(isHead)).toEqual([]);
    expect(all.findIndex((line) => line.startsWith('In time'))).toBeGreaterThan(all.indexOf('line 20'));
  });

  test('without colours, where none are wanted; in colours otherwise', async () => {
    const inks = async (env: NodeJS.ProcessEnv) => {
      const { until, raw, signal, ended } = started([...live, endless], { env });
      await until('it is shown', ({ text }) => text.includes('suspended 4 '));
      signal('SIGTERM');
      await ended;
      return [...new Set(raw().match(/\[[\d;]+m/g))].sort();
    };
    expect(await inks({ NO_COLOR: '1' })).toEqual(['[0m']);
    expect(await inks({})).toContain('[34m');
  });

  test('in Korean, in a narrow terminal: no line is wider than it', async () => {
    const { screen, until } = started([...live.slice(0, -1), '--live=3s', '--lang', 'ko', endless], { columns: 46 });
    await until('it is shown', ({ text }) => text.includes('일시 중단 4') && text.includes('기다린 곳'));
    expect(screen.lines.slice(topOf(screen, '태스크')).every((line) => columnsOf(line) <= 46)).toBe(true);
    expect(topOf(screen, '태스크')).toBeGreaterThanOrEqual(15);
  });

  test.each([
    ['a terminal that is dumb', { TERM: 'dumb' }],
    ['a terminal of a CI', { CI: 'true' }],
  ])('%s: lines, and nothing that moves the cursor', async (_, env) => {
    const { until, raw } = started([...live.slice(0, -1), '--live=300ms', endless], { env });
    await until('a line is told', ({ text }) => /coroscope: tasks: \d+ running/.test(text));
    expect(raw()).not.toContain('\u001b');
  });
});

const isHead = (line: string) => line.includes(' · the last ');

describe.skipIf(python === '')('run --live where there is no terminal', () => {
  test('lines on stderr, every few seconds; stdout is that of the program and its timeline', async () => {
    const said = await coroscope([...live.slice(0, -1), '--live=400ms', program(SERVICE.replace('LAST', '60'))]);
    expect(said.code).toBe(0);
    const told = said.stderr.split('\n').filter((line) => line.startsWith('coroscope: tasks: '));
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toMatch(
      /^coroscope: tasks: \d running, \d ready, \d suspended, done 0; loop busy \d+%; lag p95 .*; busiest /,
    );
    expect(said.stderr).toMatch(/\ncoroscope: \S+:8 .*blocked the event loop for \d+ ms/);
    expect(said.stdout).toContain('line 60\n');
    expect(said.stdout).not.toContain('coroscope: ');
  });

  test('with --json, which stands alone on stdout', async () => {
    const file = program('import asyncio\nasync def main():\n    await asyncio.sleep(0.6)\nasyncio.run(main())');
    const json = await coroscope([...live, '--json', file]);
    expect(JSON.parse(json.stdout)).toMatchObject({ clock: 'real', exit: 0 });
  });

  test('runs on an interpreter, as nothing can be watched on the virtual clock; there it is shown, too', async () => {
    const file = program('import asyncio\nasyncio.run(asyncio.sleep(0.1))');
    const real = await coroscope(['run', '--live', file]);
    expect(real.stderr).toContain('To be watched while it runs, the program needs the real clock');
    const virtual = await coroscope(['run', '--live', '--engine', 'embedded', file]);
    expect([virtual.code, virtual.stderr]).toEqual([0, expect.stringContaining('virtual clock')]);
  });

  test('needs a time', async () => {
    const said = await coroscope(['run', '--live=long', endless]);
    expect([said.code, said.stderr]).toEqual([
      2,
      expect.stringContaining('Option --live needs a time, like 5s, not long.'),
    ]);
  });
});
