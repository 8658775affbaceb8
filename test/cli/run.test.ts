import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { disposeEngines } from '../../src/engines/run';
import { program } from '../engines/here';
import { command, coroscope, example, scratch } from './coroscope';

afterAll(disposeEngines);

describe('exit codes', () => {
  test('0: the program ran to its end; 1: it failed, and its own code is said', async () => {
    expect((await coroscope(['run', example('breakfast.py')])).code).toBe(0);
    const { code, stderr } = await command(['run', program('import sys; sys.exit(3)')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/coroscope: program\.py failed with exit code 3\.\n$/);
  });

  test('2: invalid command line', async () => {
    const { code, stdout, stderr } = await coroscope(['walk']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'coroscope: There is no command walk. Write run, show, compare, check, stats, env, attach, top. For more, see coroscope --help.\n',
    );
  });

  test('3: Coroscope could not run it, or not read it', async () => {
    const gone = join(scratch(), 'gone.py');
    expect(await command(['run', gone])).toEqual({
      code: 3,
      stdout: '',
      stderr: `coroscope: There is no file ${gone}.\n`,
    });
    expect(await command(['run', '--engine', 'embedded', '--clock', 'real', example('order.py')])).toMatchObject({
      code: 3,
    });
    const text = program('no trace');
    expect(await command(['show', text])).toEqual({
      code: 3,
      stdout: '',
      stderr: 'coroscope: This is not a Coroscope trace.\n',
    });
  });

  test('4: stopped in a deadlock, which is said', async () => {
    const source =
      'import asyncio\nasync def main():\n    await asyncio.get_running_loop().create_future()\nasyncio.run(main())';
    const { code, stderr } = await command(['run', program(source)]);
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /coroscope: program\.py was stopped in a deadlock: nothing could wake its tasks any more\.\n$/,
    );
  });

  test('4: stopped at a limit, with what was recorded', async () => {
    const endless = program(
      'import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\nasyncio.run(main())',
    );
    const { code, stdout } = await command(['run', '--max-virtual-time', '20', endless]);
    expect(code).toBe(4);
    expect(stdout).toContain('main() Task-1');
    expect(stdout).toMatch(/⚠ Stopped/);
  });

  test.runIf(process.platform !== 'win32')('130: cancelled, with what was recorded', async () => {
    const endless = program(
      'import asyncio\nasync def main():\n    print("on", flush=True)\n    while True:\n        await asyncio.sleep(0)\nasyncio.run(main())',
    );
    const act = (kill: (signal: NodeJS.Signals) => void, stdout: () => string) => {
      const timer = setInterval(() => {
        if (!stdout().includes('on')) return;
        clearInterval(timer);
        kill('SIGINT');
      }, 50);
    };
    const { code, stdout } = await coroscope(['run', '--max-steps', '0', endless], { act });
    expect(code).toBe(130);
    expect(stdout).toContain('main() Task-1');
  });
});

describe('what goes where', () => {
  test('--json: the timeline alone on stdout, the program’s output on stderr', async () => {
    const { code, stdout, stderr } = await coroscope(['run', '--json', example('breakfast.py')]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      engine: 'embedded',
      clock: 'virtual',
      exit: 0,
      truncated: null,
    });
    expect(stderr).toContain('eggs: into the pan\n');
  });

  test('the engine and why are said on stderr', async () => {
    const { stderr } = await command(['run', example('order.py')]);
    expect(stderr).toMatch(
      /^coroscope: embedded Python 3\.\d+\.\d+, virtual clock\. The embedded Python has everything this program needs\.\n/,
    );
  });

  test('the program’s own arguments', async () => {
    const { stdout } = await command([
      'run',
      '--json',
      program('import sys; print(sys.argv[1:])'),
      '--json',
      '--',
      'a b',
    ]);
    expect(JSON.parse(stdout).argv).toEqual(['--json', '--', 'a b']);
  });

  test('standard input of the embedded Python', async () => {
    const { stdout } = await coroscope(['run', '--engine', 'embedded', program('print("got", input())')], {
      stdin: '안녕\n',
    });
    expect(stdout).toMatch(/^got 안녕\n/);
  });

  test('an open pipe that nobody writes to keeps no program waiting that does not read', async () => {
    const { code } = await coroscope(['run', '--engine', 'embedded', program('print("done")')], { stdin: null });
    expect(code).toBe(0);
  });

  test('a kept trace shows the same again', async () => {
    const folder = scratch();
    const ran = await command(['run', '--trace', 't.coroscope', '--width', '120', example('queue_ko.py')], {
      cwd: folder,
    });
    expect(ran.code).toBe(0);
    const shown = await command(['show', 't.coroscope', '--width', '120'], { cwd: folder });
    expect(shown.code).toBe(0);
    expect(ran.stdout.endsWith(`\n${shown.stdout}`)).toBe(true);
    const json = await command(['show', 't.coroscope', '--json'], { cwd: folder });
    expect(JSON.parse(json.stdout).tasks[1].name).toBe('빵집');
  });

  test('a trace that cannot be written is said before the run', async () => {
    const { code, stdout, stderr } = await command([
      'run',
      '--trace',
      join(scratch(), 'no', 'where'),
      example('order.py'),
    ]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^coroscope: There is no folder .*no\.\n$/);
  });

  test('--html makes its folder and leaves nothing else', async () => {
    const folder = scratch();
    const { code, stderr } = await command(['run', '--html', 'out/page.html', example('order.py')], { cwd: folder });
    expect(code).toBe(0);
    expect(stderr).toContain(join('out', 'page.html'));
    expect(readFileSync(join(folder, 'out', 'page.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/);
    expect(existsSync(join(folder, 'breakfast.html'))).toBe(false);
  });

  test('a cut-off trace is shown as far as it goes, and it is said', async () => {
    const folder = scratch();
    await command(['run', '--trace', 't.coroscope', example('breakfast.py')], { cwd: folder });
    const whole = readFileSync(join(folder, 't.coroscope'));
    writeFileSync(join(folder, 'cut.coroscope'), whole.subarray(0, whole.length - 40));
    const { code, stdout } = await command(['show', 'cut.coroscope'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toContain('The recording is cut off');
  });
});

test('Korean', async () => {
  const { stdout, stderr } = await command(['run', '--lang', 'ko', example('queue_ko.py')]);
  expect(stderr).toMatch(/가상 시계/);
  for (const word of ['이벤트 루프', '█ 실행', '출력']) expect(stdout).toContain(word);
  const { stdout: help } = await command(['--help'], { env: { LC_ALL: 'ko_KR.UTF-8' } });
  expect(help).toContain('종료 코드');
  const { stderr: wrong } = await command(['run'], { env: { LC_ALL: 'ko_KR.UTF-8' } });
  expect(wrong).toMatch(/[가-힣]/);
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await coroscope(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});
