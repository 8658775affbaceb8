import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { done, nodeFolder, ran, systemFolders, tool } from './ran';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const packed = resolve(`out/coroscope-${version}.tgz`);
let folder: string;
/** A PATH without Python, so that the embedded one runs. */
const path = [nodeFolder];
const coroscope = (...args: string[]) => ran(join(folder, 'node_modules/.bin/coroscope'), args, { cwd: folder, path });

beforeAll(() => {
  execFileSync(process.execPath, ['packaging/npm/build.mjs'], { stdio: 'ignore' });
  folder = mkdtempSync(join(tmpdir(), 'coroscope-npm-'));
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  const install = ['install', '--offline', '--cache', join(folder, 'cache'), '--no-audit', '--no-fund', packed];
  done('npm', install, { cwd: folder, path: [...path, ...systemFolders] });
});

describe('the npm package, installed into an empty folder', () => {
  test('holds what its users need, and nothing of our own work', () => {
    const names = execFileSync('tar', ['tzf', packed], { encoding: 'utf8' }).trimEnd().split('\n');
    const mine = names.filter((name) => !/^package\/dist\/(python\/coroscope|pyodide)\//.test(name));
    expect(mine.sort()).toMatchInlineSnapshot(`
      [
        "package/CHANGELOG.md",
        "package/LICENSE",
        "package/README.md",
        "package/ThirdPartyNotices.md",
        "package/dist/cli.js",
        "package/dist/core/index.d.mts",
        "package/dist/core/index.mjs",
        "package/dist/embedded-python.mjs",
        "package/dist/python/tzdata.zip",
        "package/dist/watch.js",
        "package/dist/webview/codicon.ttf",
        "package/dist/webview/main.css",
        "package/dist/webview/main.js",
        "package/dist/webview/serve.js",
        "package/examples/blocking.py",
        "package/examples/breakfast.py",
        "package/examples/mistakes.py",
        "package/examples/order.py",
        "package/examples/queue_ko.py",
        "package/examples/simulated.py",
        "package/examples/timeout.py",
        "package/l10n/ko.json",
        "package/package.json",
      ]
    `);
    expect(names.filter((name) => /\.map$|__pycache__|\.test\.|tsconfig|extension/.test(name))).toEqual([]);
  });

  test('needs nothing else', () => {
    const listed = JSON.parse(
      done('npm', ['ls', '--all', '--json'], { cwd: folder, path: [...path, ...systemFolders] }),
    );
    expect(Object.keys(listed.dependencies)).toEqual(['coroscope']);
    expect(listed.dependencies.coroscope.dependencies).toBeUndefined();
  });

  test('the command tells its version', () => {
    expect(coroscope('--version').stdout).toBe(`${version}\n`);
  });

  test('runs the sample on the embedded Python, and writes page and trace', () => {
    const sample = 'node_modules/coroscope/examples/breakfast.py';
    const { code, stdout } = coroscope('run', '--html', 'page.html', '--trace', 'out.coroscope', sample);
    expect(code).toBe(0);
    expect(stdout).toContain("fry('bacon', 3)");
    expect(readFileSync(join(folder, 'page.html'), 'utf8')).toContain('<meta name="generator" content="Coroscope">');
    expect(existsSync(join(folder, 'out.coroscope'))).toBe(true);
  });

  test('tells what the program of a trace did last, which a thread of its own reads', () => {
    coroscope('run', '--trace', 'last.coroscope', 'node_modules/coroscope/examples/breakfast.py');
    const { code, stderr } = coroscope('top', 'last.coroscope');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^coroscope: tasks: 0 running, /m)]);
  });

  test('npx runs a block of a note', () => {
    writeFileSync(
      join(folder, 'notes.md'),
      '# Waiting\n\n```python\nimport asyncio\nawait asyncio.sleep(1)\nprint("done")\n```\n',
    );
    const said = ran('npx', ['--no', 'coroscope', 'run', 'notes.md#1'], {
      cwd: folder,
      path: [...path, ...systemFolders],
    });
    expect(said).toMatchObject({ code: 0, stdout: expect.stringContaining('done') });
  });

  test('what goes wrong is one message', () => {
    expect(coroscope('run', 'missing.py')).toMatchObject({ code: 3, stderr: expect.stringContaining('missing.py') });
  });
});

describe('coroscope/core, after a trace was recorded', () => {
  const sample = /```js\n([\s\S]*?)```/.exec(readFileSync('packaging/npm/README.md', 'utf8'))?.[1] ?? '';
  beforeAll(() => {
    coroscope('run', '--trace', 'out.coroscope', 'node_modules/coroscope/examples/breakfast.py');
    writeFileSync(join(folder, 'sample.mjs'), sample);
    writeFileSync(
      join(folder, 'sample.mts'),
      `${sample}\nexport const tasks: readonly Task[] = timeline.tasks;\nimport type { Task } from 'coroscope/core';\n`,
    );
  });

  test('runs what the README shows', () => {
    const stdout = done(process.execPath, ['sample.mjs'], { cwd: folder, path });
    expect(stdout).toContain('Task-1 3');
    expect(stdout).toContain("fry('toast', 1)");
  });

  test('speaks Korean with the messages of the package', () => {
    const code = `
      import { readFileSync } from 'node:fs';
      import words from 'coroscope/l10n/ko.json' with { type: 'json' };
      import { readTimeline, timelineText, translator } from 'coroscope/core';
      const timeline = readTimeline(readFileSync('out.coroscope'));
      console.log(timelineText(timeline, { width: 100, colour: false, ascii: false, translate: translator(words), root: '.' }));`;
    const stdout = done(process.execPath, ['--input-type=module', '-e', code], { cwd: folder, path });
    expect(stdout).toContain('이벤트 루프');
  });

  test.each([['nodenext'], ['bundler']])('has types for a strict program that resolves modules as %s', (how) => {
    const options = ['--strict', '--noEmit', '--skipLibCheck', 'false', '--target', 'es2022', '--lib', 'es2023'];
    const module = how === 'bundler' ? 'esnext' : how;
    const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
    done(tool('tsc'), [...options, '--module', module, '--moduleResolution', how, ...types, 'sample.mts'], {
      cwd: folder,
      path,
    });
  });

  test('a mistake in such a program is found by its types', () => {
    writeFileSync(
      join(folder, 'wrong.mts'),
      `import { readTimeline } from 'coroscope/core';\nreadTimeline('a path');\n`,
    );
    const { stdout } = ran(tool('tsc'), ['--noEmit', '--module', 'nodenext', 'wrong.mts'], { cwd: folder, path });
    expect(stdout).toContain('TS2345');
  });
});
