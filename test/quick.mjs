// Within a minute: types, lint, and the tests that the changed files can reach. What there was no time for is named at the end.
//
//   npm run test:quick              what differs from the main branch, committed or not
//   npm run test:quick -- HEAD~3    what differs from another commit
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

const LIMIT = 60_000;
const began = Date.now();
const env = { ...process.env, PATH: [resolve('node_modules/.bin'), process.env.PATH].join(delimiter) };

/** What modules do not import, and the tests that read it. */
const readBy = [
  [/^(src\/python|test\/programs|test\/traces)\//, ['test/engines', 'test/python/goldens']],
  [/^(l10n\/|package\.(nls\.)?.*json)/, ['test/editor']],
  [/^docs\/.*json$|^examples\//, ['test/cli/json']],
  [/^test\/source\/notes\//, ['test/source/notes']],
  [/^test\/webview\/pictures\//, ['test/webview/pictures']],
  [/^webview\/|^src\/(cli|export)/, ['test/cli']],
];
/** They start Pythons or browsers, and come last. A part of a name names all files that have it. */
const SLOW = /^test\/(cli|engines|python|source\/notes)/;

const base = process.argv[2] ?? mainBase();
const changed = changedFiles();
console.log(changed.length > 0 ? `${changed.length} files have changed.` : 'No file has changed: types and lint only.');
const results = await Promise.all([part('types', 'npm run --silent types'), part('lint', 'npm run --silent lint')]);
if (changed.length > 0) {
  const files = reached();
  const slow = files.filter((file) => SLOW.test(file));
  const quick = files.filter((file) => !SLOW.test(file));
  if (quick.length > 0) results.push(await part('unit', `vitest run ${quick.join(' ')}`));
  if (slow.length > 0) results.push(await part('build', 'node esbuild.mjs'));
  for (const [name, config, own] of [
    ['unit', '', slow.filter((file) => !file.startsWith('test/python/'))],
    ['python', ' --config vitest.python.config.ts', slow.filter((file) => file.startsWith('test/python/'))],
  ])
    if (own.length > 0) results.push(await part(name, `vitest run${config} ${own.join(' ')}`));
}
const late = results.filter((result) => result.late);
const failed = results.filter((result) => result.code !== 0 && !result.late);
for (const { name, command } of late) console.log(`Not finished within a minute: ${name}. All of it: ${command}`);
for (const { command } of failed) console.log(`✗ ${command}`);
const passed = results.length - failed.length - late.length;
const seconds = Math.round((Date.now() - began) / 1000);
console.log(`${passed} of ${results.length} parts passed, ${failed.length} failed, in ${seconds} s`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** From the root of the project, without those that are gone. */
function changedFiles() {
  const options = [
    ['diff', '--name-only', '--diff-filter=d', base],
    ['ls-files', '--others', '--exclude-standard'],
  ];
  return options.flatMap((args) => git(...args).split('\n')).filter(Boolean);
}

function mainBase() {
  for (const main of ['main', 'origin/main']) {
    const base = git('merge-base', 'HEAD', main);
    if (base) return base;
  }
  return 'HEAD';
}

/** Files of tests that import a changed file, or read one. */
function reached() {
  const listed = spawnSync('vitest', ['list', '--filesOnly', '--changed', base], { encoding: 'utf8', env });
  const importing = listed.stdout.split('\n').filter((line) => line.endsWith('.test.ts'));
  const reading = readBy.filter(([pattern]) => changed.some((file) => pattern.test(file)));
  return [...new Set([...importing, ...reading.flatMap(([, tests]) => tests)])];
}

function git(...args) {
  return spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
}

function part(name, command) {
  const left = LIMIT - (Date.now() - began);
  if (left <= 0) return { name, command, late: true };
  return new Promise((done) => {
    // A group of its own: what it has started goes with it.
    const child = spawn(command, { stdio: 'inherit', env, shell: true, detached: true });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      process.kill(-child.pid, 'SIGTERM');
    }, left);
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ name, command, code, late });
    });
  });
}
