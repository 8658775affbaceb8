import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { interpreters } from '../engines/here';

/** What an exception group holds is recorded with the line at which each was raised. */
const program = `import asyncio


class Odd(Exception):
    def __str__(self):
        raise RuntimeError("no text")


def check():
    raise ValueError("no 2")


async def job():
    await asyncio.sleep(1)
    check()


async def nested():
    await asyncio.sleep(1)
    raise ExceptionGroup("own", [KeyError("a"), ExceptionGroup("inner", [Odd()])])


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(job())
        group.create_task(nested())


asyncio.run(main())
`;
const folder = mkdtempSync(join(tmpdir(), 'coroscope-groups-'));
const file = join(folder, 'program.py');
writeFileSync(file, program);

const withGroups = interpreters.filter(({ version }) => Number(version.split('.')[1]) >= 11);

describe.each(withGroups)('$version', ({ command, version }) => {
  test('a group that nobody caught tells what it holds', () => {
    const trace = join(folder, `${version}.coroscope`);
    spawnSync(command, ['-m', 'coroscope', 'run', '--clock', 'virtual', '--trace', trace, file], {
      env: { ...process.env, PYTHONPATH: 'src/python', PYTHONDONTWRITEBYTECODE: '1' },
    });
    const { errors, sites } = readTimeline(readFileSync(trace));
    const [error] = errors.filter(({ kind }) => kind === 'uncaught');
    expect(sites[error.site]).toMatchObject({ line: 24, code: { function: 'main' } });
    expect(error.holds?.map(({ type, message, site }) => [type, message, sites[site]?.line])).toEqual([
      ['ValueError', 'no 2', 10],
      // These two were never raised by themselves.
      ['KeyError', "'a'", undefined],
      ['Odd', '', undefined],
    ]);
  });
});
