import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { violations } from '../core/truths';
import { interpreters, program } from '../engines/here';
import { coroscope, scratch } from './coroscope';

/** Runs until it is stopped; one task is created at its very beginning. */
const ENDLESS = `
import asyncio, os, sys
async def worker(n):
    while True:
        await asyncio.sleep(0.5 + n)
async def main():
    tasks = [asyncio.create_task(worker(n), name=f'worker-{n}') for n in range(3)]
    for round in range(10 ** 9):
        await asyncio.create_task(asyncio.sleep(0.01), name=f'short-{round}')
        ROUND
asyncio.run(main())
`;
const engine = interpreters.at(-1)?.command ?? '';

function endless(round: string): string {
  return program(ENDLESS.replace('ROUND', round));
}

describe.skipIf(engine === '')('--keep', () => {
  test('keeps the last seconds of a program that ends by itself, with what was there before', async () => {
    const trace = join(scratch(), 'kept.coroscope');
    const file = endless('if round == 5000: sys.exit(3)');
    const said = await coroscope([
      'run',
      '--engine',
      engine,
      '--clock',
      'virtual',
      '--keep',
      '2s',
      '--trace',
      trace,
      file,
    ]);
    expect(said.code).toBe(1);
    expect(said.stdout).toContain('the last ');
    const timeline = readTimeline(readFileSync(trace));
    expect(violations(timeline)).toEqual([]);
    expect(timeline.meta.clipped).toBe(true);
    expect(timeline.exit).toBe(3);
    expect(timeline.duration).toBeGreaterThan(2);
    expect(timeline.duration).toBeLessThan(30);
    const worker = timeline.tasks.find(({ name }) => name === 'worker-2')!;
    expect(worker).toMatchObject({ created: 0, createdBefore: true, parent: timeline.tasks[0].id });
    expect(timeline.waits[timeline.segments.about[worker.first]]).toMatchObject({
      kind: 'sleep',
      fields: { delay: 2.5 },
    });
    expect(timeline.tasks.find(({ name }) => name === 'short-5000')).toMatchObject({ createdBefore: false });
    expect(timeline.tasks.some(({ name }) => name === 'short-10')).toBe(false);
  });

  test('keeps what was recorded of a program that is killed', async () => {
    const trace = join(scratch(), 'killed.coroscope');
    const file = endless('if round == 3000: os.kill(os.getpid(), 9)');
    await coroscope(['run', '--engine', engine, '--clock', 'virtual', '--keep', '2', '--trace', trace, file]);
    const timeline = readTimeline(readFileSync(trace));
    expect(violations(timeline)).toEqual([]);
    expect(timeline.truncated?.reason).toBe('killed');
    expect(timeline.meta.clipped).toBe(true);
  });

  test('keeps up to a limit that is given', async () => {
    const file = endless('pass');
    const args = ['--engine', engine, '--clock', 'virtual', '--keep', '2s', '--max-steps', '9000', '--json'];
    const said = await coroscope(['run', ...args, file]);
    expect(said.code).toBe(4);
    const json = JSON.parse(said.stdout);
    expect(json.clipped).toBe(true);
    expect(json.truncated.reason).toBe('steps');
    expect(json.tasks[0].createdBefore).toBe(true);
  });

  test.skipIf(process.platform === 'win32')(
    'writes what is kept when it is asked to, and goes on until it is told to end',
    async () => {
      const folder = scratch();
      const trace = join(folder, 'live.coroscope');
      const args = ['--engine', engine, '--clock', 'real', '--keep', '1s', '--trace', trace];
      const asked = join(folder, 'live-1.coroscope');
      const said = await coroscope(['run', ...args, endless("if round == 50: print('here', flush=True)")], {
        act: (kill, stdout) => {
          const timer = setInterval(() => {
            if (existsSync(asked)) {
              clearInterval(timer);
              kill('SIGTERM');
            } else if (stdout().includes('here')) kill('SIGUSR2');
          }, 200);
        },
      });
      expect(said.code).toBe(143);
      expect(said.stderr).toContain('The recording so far: ');
      for (const file of [asked, trace]) expect(violations(readTimeline(readFileSync(file)))).toEqual([]);
    },
  );

  test('needs a time', async () => {
    const said = await coroscope(['run', '--keep', 'long', endless('pass')]);
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('Option --keep needs a time, like 30s, not long.');
  });
});
