import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { violations } from '../core/truths';
import { dist, interpreters, program } from '../engines/here';
import { coroscope, type Said, scratch } from './coroscope';

/** The trace is on the disk as it is made, and every write is looked at. */

const engine = interpreters.at(-1)?.command ?? '';
const python = ['run', '--engine', engine, '--clock', 'real', '--max-steps', '100000000'];

/** Some 500 kB of trace. */
const busy = () =>
  program(`
import asyncio
async def work():
    for _ in range(5000): await asyncio.sleep(0)
async def main():
    await asyncio.gather(work(), work())
    print('done', flush=True)
asyncio.run(main())
`);

const endless = () =>
  program(`
import asyncio, os
async def work():
    while True: await asyncio.sleep(0)
async def main():
    print('pid', os.getpid(), flush=True)
    await asyncio.gather(work(), work())
asyncio.run(main())
`);

const STACK = /^\s+at .*:\d+:\d+\)?$/m;

/** Runs the command in a shell, for conditions that only a shell can set up. */
function shell(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Said {
  const words = ['-c', script, 'sh', process.execPath, join(dist, 'cli.js'), ...args];
  const { status, stdout, stderr } = spawnSync('/bin/sh', words, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', NO_COLOR: '1', ...env },
  });
  return { code: status, stdout, stderr };
}

async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((later) => setTimeout(later, 20));
}

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
const memoryOf = (pid: number, what: 'VmHWM' | 'VmRSS') =>
  Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

describe.skipIf(engine === '' || process.platform !== 'linux')('--trace', () => {
  test('grows while the program runs, in flat memory; what kills the command leaves a file that opens', async () => {
    const trace = join(scratch(), 'run.coroscope');
    const child = spawn(process.execPath, [join(dist, 'cli.js'), ...python, '--trace', trace, endless()]);
    const ended = new Promise((done) => child.on('close', done));
    await until(() => sizeOf(trace) > 24 << 20);
    expect(memoryOf(child.pid!, 'VmHWM')).toBeLessThan(100e6);
    child.kill('SIGKILL');
    await ended;
    const timeline = readTimeline(readFileSync(trace));
    expect(timeline.truncated?.reason).toBe('killed');
    expect(timeline.segments.count).toBeGreaterThan(400_000);
    const said = await coroscope(['show', trace]);
    expect(said.stdout).toMatch(/The recording is cut off: .* It goes up to [\d.]+ m?s\./);
  });

  test('is whole up to where something kills the program', async () => {
    const trace = join(scratch(), 'run.coroscope');
    const said = await coroscope([...python, '--trace', trace, endless()], {
      act: (_kill, stdout) =>
        void until(() => stdout().includes('pid ') && sizeOf(trace) > 1 << 20).then(() =>
          process.kill(Number(/pid (\d+)/.exec(stdout())?.[1]), 'SIGKILL'),
        ),
    });
    expect(said.code).toBe(1);
    const timeline = readTimeline(readFileSync(trace));
    expect(timeline.truncated).toMatchObject({ reason: 'killed', message: 'program.py was killed (SIGKILL).' });
    expect(timeline.segments.count).toBeGreaterThan(10_000);
  });

  test('--keep is on the disk a second later, and survives the command', async () => {
    const folder = scratch();
    const trace = join(folder, 'kept.coroscope');
    const child = spawn(process.execPath, [
      join(dist, 'cli.js'),
      ...python,
      '--keep',
      '1s',
      '--trace',
      trace,
      endless(),
    ]);
    const ended = new Promise((done) => child.on('close', done));
    // Not only its beginning: a window from which something was dropped.
    await until(() => sizeOf(trace) > 0 && readTimeline(readFileSync(trace)).meta.clipped === true);
    child.kill('SIGKILL');
    await ended;
    const timeline = readTimeline(readFileSync(trace));
    expect(timeline.segments.count).toBeGreaterThan(0);
    expect(timeline.duration).toBeLessThan(20);
    expect(timeline.truncated?.reason).toBe('killed');
  });
});

describe.skipIf(engine === '' || process.platform === 'win32')('what cannot be written', () => {
  const why = (reason: string) => `the trace could not be written (${reason}).`;

  function expectPart(trace: string, reason: string): void {
    const timeline = readTimeline(readFileSync(trace));
    expect(timeline.truncated).toMatchObject({ reason: 'not-written' });
    expect(timeline.truncated?.message).toContain(why(reason));
    expect(timeline.segments.count).toBeGreaterThan(500);
    expect(violations(timeline)).toEqual([]);
  }

  test.each([
    ['en', 'the file has reached the maximum size', 'What was recorded so far is kept'],
    ['ko', '파일의 최대 크기에 도달했습니다', '지금까지 기록한 내용은 그대로 남고'],
  ])('a limit of the size of files (%s): what fits is kept, and says that it is not all', (lang, reason, kept) => {
    const trace = join(scratch(), 'run.coroscope');
    // In blocks of 512 bytes or of a kilobyte.
    const { code, stdout, stderr } = shell('ulimit -f 200; exec "$@"', [
      ...python,
      '--lang',
      lang,
      '--trace',
      trace,
      busy(),
    ]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^done\n/);
    expect(stderr).toContain(reason);
    expect(stderr).toContain(kept);
    expect(stderr.match(/run\.coroscope/g)?.length).toBe(1);
    expect(stderr).not.toMatch(STACK);
    if (lang === 'en') expectPart(trace, reason);
    expect(sizeOf(trace)).toBeGreaterThan(50_000);
  });

  test('a full disk', () => {
    const folder = scratch();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'none', folder]).status !== 0) {
      console.log('skipped: this user may not mount a small disk');
      return;
    }
    try {
      const trace = join(folder, 'run.coroscope');
      const { code, stderr } = shell('exec "$@"', [...python, '--trace', trace, busy()]);
      expect(code).toBe(3);
      expect(stderr).toContain('the disk is full');
      expectPart(trace, 'the disk is full');
      // A page that is not whole is of no use.
      const page = shell('exec "$@"', ['show', trace, '--html', join(folder, 'page.html')]);
      expect(page.code).toBe(3);
      expect(page.stderr).toContain('page.html cannot be read or written: the disk is full');
      expect(readdirSync(folder)).toEqual(['run.coroscope']);
      // Without `--trace` it is a temporary file that does not fit; it leaves nothing.
      const nothing = shell('exec "$@"', [...python, busy()], { TMPDIR: folder });
      expect(nothing.code).toBe(3);
      expect(nothing.stderr).toContain('The temporary file of the trace cannot be written: the disk is full.');
      expect(readdirSync(folder)).toEqual(['run.coroscope']);
    } finally {
      spawnSync('umount', [folder]);
    }
  });

  test.each([
    ['/dev/full', '/dev/full', 'the disk is full'],
    ['a folder', '.', 'is a folder.'],
    ['a folder that is not there', 'no/where/x.coroscope', 'There is no folder'],
    ['a folder that is a file', 'program.py/x.coroscope', 'part of the path is not a folder'],
  ])('%s', (_what, trace, message) => {
    const file = busy();
    const { code, stderr } = shell('cd "$(dirname "$0")"; exec "$@"'.replace('"$0"', `'${file}'`), [
      ...python,
      '--trace',
      trace,
      file,
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(STACK);
  });

  test('a pipe that nobody reads any more', () => {
    const pipe = join(scratch(), 'pipe');
    spawnSync('mkfifo', [pipe]);
    const { code, stderr } = shell(`head -c 16 '${pipe}' > /dev/null & exec "$@"`, [
      ...python,
      '--trace',
      pipe,
      busy(),
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain('pipe cannot be read or written: the reader of the pipe has closed it');
  });

  test.runIf(process.platform === 'linux')('its own output', () => {
    const folder = scratch();
    const trace = join(folder, 'run.coroscope');
    expect(shell('exec "$@"', [...python, '--trace', trace, busy()]).code).toBe(0);
    for (const asked of [[], ['--json']]) {
      const full = shell('exec "$@" > /dev/full', ['show', ...asked, trace]);
      expect([full.code, full.stderr]).toEqual([3, 'coroscope: stdout cannot be read or written: the disk is full\n']);
      const limited = shell(`ulimit -f 1; exec "$@" > '${join(folder, 'out')}'`, ['show', ...asked, trace]);
      expect(limited.code).toBe(3);
      expect(limited.stderr).toContain('the file has reached the maximum size');
      // Whoever reads no further has seen enough.
      const head = shell('"$@" | head -c 10', ['show', ...asked, trace]);
      expect([head.code, head.stderr]).toEqual([0, '']);
    }
    const closed = shell('exec "$@" 2> /dev/full', ['show', 'none.coroscope']);
    expect(closed.code).toBe(3);
  });

  test.runIf(process.platform === 'linux')('a page, a log of findings and a baseline', () => {
    const folder = scratch();
    const trace = join(folder, 'run.coroscope');
    expect(shell('exec "$@"', [...python, '--trace', trace, busy()]).code).toBe(0);
    for (const asked of [
      ['show', trace, '--html'],
      ['compare', trace, trace, '--html'],
      ['check', trace, '--sarif'],
      ['check', trace, '--update-baseline', '--baseline'],
    ])
      for (const [to, message] of [
        ['/dev/full', '/dev/full cannot be read or written: the disk is full'],
        [folder, `${folder} is a folder.`],
        [join(trace, 'x'), 'part of the path is not a folder'],
      ]) {
        const { code, stderr } = shell('exec "$@"', [...asked, to]);
        expect([asked[0], code, stderr]).toEqual([asked[0], 3, expect.stringContaining(message)]);
        expect(stderr).not.toMatch(STACK);
      }
    for (const asked of [
      ['stats', '--csv', trace],
      ['stats', '--json', trace],
      ['check', '--json', trace],
      ['compare', '--json', trace, trace],
      ['show', '--story', trace],
    ]) {
      const { code, stderr } = shell('exec "$@" > /dev/full', asked);
      expect([...asked, code]).toEqual([...asked, 3]);
      expect(stderr).toBe('coroscope: stdout cannot be read or written: the disk is full\n');
    }
  });

  test.each(['interpreter', 'embedded'])('so little that there is nothing to show: one message (%s)', (which) => {
    // Not even the description of the run.
    const { code, stdout, stderr } = shell('ulimit -f 0; exec "$@"', ['run', '--engine', which, '--json', busy()]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(
      'The temporary file of the trace cannot be written: the file has reached the maximum size.',
    );
    expect(stderr).not.toMatch(/Nothing was recorded|damaged/);
  });

  test('a file below /proc, and a page there', () => {
    const file = busy();
    for (const option of ['--trace', '--html']) {
      const { code, stderr } = shell('exec "$@"', [...python, option, '/proc/none/x', file]);
      expect(code).toBe(3);
      expect(stderr).toContain('There is no f');
      expect(stderr).not.toMatch(STACK);
    }
  });
});

test('a mistake in Coroscope is one message, and a stack trace only for who asks for it', async () => {
  const broken = join(scratch(), 'broken.cjs');
  writeFileSync(
    broken,
    "process.on('exit', () => {}); setTimeout(() => { throw new TypeError('x is not a function'); });",
  );
  const options = { NODE_OPTIONS: `--require ${broken}` };
  const file = program('import asyncio\nasyncio.run(asyncio.sleep(1))');
  const { code, stderr } = await coroscope(['run', '--engine', 'embedded', file], { env: options });
  expect(code).toBe(3);
  expect(stderr).toContain('coroscope: Coroscope itself failed: x is not a function. This is a mistake in Coroscope');
  expect(stderr).not.toMatch(STACK);
  const debug = await coroscope(['run', '--engine', 'embedded', file], { env: { ...options, COROSCOPE_DEBUG: '1' } });
  expect(debug.stderr).toContain('broken.cjs:1');
});
