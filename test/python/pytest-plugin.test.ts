import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { allInterpreters, program } from '../engines/here';

/** `pytest --coroscope`, with whichever Python has pytest. */

const source = `import asyncio
def test_plain():
    pass
def test_passes():
    asyncio.run(asyncio.sleep(0.01))
def test_fails():
    async def work():
        await asyncio.sleep(0.01)
        raise ValueError('no')
    asyncio.run(work())
def test_slow():
    asyncio.run(asyncio.sleep(0.4))
def test_fails_without_a_loop():
    assert 1 == 2
`;

const env = { ...process.env, PYTHONPATH: resolve('src/python'), PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' };
const found = [...allInterpreters.map(({ command }) => command), '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import pytest; pytest.StashKey'], { stdio: 'ignore' }).status === 0,
);
if (!found) console.log('skipped: the plugin of pytest: no Python has pytest 7 or later');

describe.skipIf(!found)('the plugin of pytest', () => {
  const command = found ?? '';
  function tested(...given: (string | { source?: string; traced?: boolean })[]) {
    const how = Object.assign({ source, traced: false }, ...given.filter((each) => typeof each !== 'string'));
    const options = given.filter((each) => typeof each === 'string');
    const file = program({ 'test_shop.py': how.source });
    const cwd = dirname(file);
    const start = how.traced ? [resolve('src/python/coroscope'), 'run', '--module', 'pytest', '--'] : ['-m'];
    const args = [...start, 'pytest', '-p', 'coroscope.pytest_plugin', '-p', 'no:cacheprovider', ...options];
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
    const folder = join(cwd, 'coroscope-traces');
    return { status, stdout, stderr, cwd, kept: existsSync(folder) ? readdirSync(folder).sort() : undefined };
  }

  test('without its option nothing is recorded, and nothing of the tracer is loaded', () => {
    const { status, stdout, kept } = tested();
    expect([status, kept]).toEqual([1, undefined]);
    expect(stdout).toContain('2 failed, 3 passed');
    expect(stdout).not.toContain('Coroscope');
  });

  test('a trace of each test that failed, named in its report', () => {
    const { stdout, cwd, kept } = tested('--coroscope');
    expect(stdout).toContain('2 failed, 3 passed');
    expect(kept).toEqual(['test_shop.test_fails.coroscope']);
    const path = 'coroscope-traces/test_shop.test_fails.coroscope';
    expect(stdout).toContain(`The timeline of this test: coroscope show ${path}`);
    expect(stdout).toContain(`test_shop.py::test_fails: coroscope show ${path}`);
    const timeline = readTimeline(readFileSync(join(cwd, path)));
    expect(timeline.meta.program).toBe('test_shop.py::test_fails');
    expect(timeline.tasks[0]).toMatchObject({ coroutine: expect.stringContaining('work') });
  });

  test('and of slow ones, or of all that ran an event loop', () => {
    expect(tested('--coroscope', '--coroscope-slow', '0.3').kept).toEqual([
      'test_shop.test_fails.coroscope',
      'test_shop.test_slow.coroscope',
    ]);
    expect(tested('--coroscope', '--coroscope-all').kept).toEqual(
      ['fails', 'passes', 'slow'].map((name) => `test_shop.test_${name}.coroscope`),
    );
  });

  test('what is no folder is refused in a sentence, and slow tests need no other option', () => {
    const wrong = tested('--coroscope', 'test_shop.py');
    expect(wrong.status).toBe(4);
    expect(wrong.stdout + wrong.stderr).toContain('--coroscope takes a folder, and test_shop.py is none.');
    expect(tested('--coroscope-slow', '0.3').kept).toContain('test_shop.test_slow.coroscope');
  });

  test('names that look the same in a file get a trace each', () => {
    const twice = `import asyncio, pytest
@pytest.mark.parametrize('which', ['a b', 'a-b'])
def test_fails(which):
    asyncio.run(asyncio.sleep(0))
    assert not which
`;
    expect(tested('--coroscope', { source: twice }).kept).toEqual([
      'test_shop.test_fails-a-b-2.coroscope',
      'test_shop.test_fails-a-b.coroscope',
    ]);
  });

  test('where Coroscope runs pytest itself, that is the record', () => {
    const { status, stdout, kept } = tested('--coroscope', { traced: true });
    expect([status, kept]).toEqual([1, undefined]);
    expect(stdout).toContain('2 failed, 3 passed');
  });

  test('a check that cannot run fails the tests, and says why', () => {
    const { status, stdout } = tested('--coroscope-fail-on', 'error', '-k', 'passes');
    expect(status).toBe(1);
    expect(stdout).toContain('--coroscope-fail-on cannot run');
  });
});
