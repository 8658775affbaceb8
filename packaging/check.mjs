// Before a release: builds everything that is installed from a clean clone of this commit, installs each where its user would, runs the sample
// in each, and prints a table: size, time until the command answers, time of the sample, result.
//
//   npm run release:check               from a clean clone
//   npm run release:check -- --here     from this folder as it is, without cloning
//   npm run release:check -- npm wheel  only these; there is `vsix` too
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the Marketplace's page may weigh, and what the others are kept below: a release that is larger is one to think about. */
const MOST_MB = { npm: 9, wheel: 2, vsix: 9 };
const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--'));
const home = mkdtempSync(join(tmpdir(), 'coroscope-release-'));
const source = words.includes('--here') ? process.cwd() : clone();
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const nodeFolder = resolve(process.execPath, '..');

const checks = {
  npm: {
    build: 'build:npm',
    file: `out/coroscope-${version}.tgz`,
    install(file, folder) {
      writeFileSync(join(folder, 'package.json'), '{"private": true}');
      run('npm', ['install', '--offline', '--cache', join(folder, 'cache'), '--no-audit', '--no-fund', file], folder);
      const command = join(folder, 'node_modules/.bin/coroscope');
      return [['npx coroscope, embedded Python', command, ['--engine', 'embedded', '--json'], { PATH: nodeFolder }]];
    },
  },
  wheel: {
    build: 'build:wheel',
    file: `out/coroscope-${version}-py3-none-any.whl`,
    install(file, folder) {
      run(python(), ['-m', 'venv', 'venv'], folder);
      const bin = join(folder, 'venv/bin');
      run(
        join(bin, 'python'),
        ['-m', 'pip', 'install', '--quiet', '--no-index', '--disable-pip-version-check', file],
        folder,
      );
      const command = join(bin, 'coroscope');
      return [
        ['coroscope, without Node.js', command, ['--html', 'page.html'], { PATH: bin }],
        ['coroscope, with Node.js', command, ['--json'], { PATH: `${bin}:${nodeFolder}` }],
      ];
    },
  },
};

const rows = [['package', 'MB', 'starts in', 'sample in', 'result']];
let good = true;
try {
  for (const [name, { build, file, install }] of Object.entries(checks)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    step(`${name}: build`);
    npm(build);
    const folder = join(home, name);
    mkdirSync(folder);
    copyFileSync(join(source, 'examples/breakfast.py'), join(folder, 'breakfast.py'));
    step(`${name}: install, and run the sample`);
    const path = join(source, file);
    for (const [how, command, options, env] of install(path, folder))
      tell(how, path, MOST_MB[name], tried(command, options, env, folder));
  }
  if (wanted.length === 0 || wanted.includes('vsix')) {
    step('vsix: build');
    npm('package');
    step('vsix: install, and play scenes in a real workbench, with the extension on a server and in the page');
    const began = Date.now();
    // It packs the same `dist` once more, and installs that.
    const { status, stdout } = spawnSync(process.execPath, ['test/vscode/run.mjs', 'steps', 'browser'], {
      cwd: source,
      encoding: 'utf8',
    });
    const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(stdout) ?? [];
    const skipped = /skipped: .*/.exec(stdout)?.[0];
    const result =
      skipped ?? (status === 0 && Number(passed) > 0 ? 'good' : `failed: ${failed ?? '?'} of its checks\n${stdout}`);
    tell('VS Code, the VSIX installed; in a browser', join(source, 'dist/coroscope.vsix'), MOST_MB.vsix, {
      starts: '',
      sample: seconds(began),
      result,
    });
  }
} finally {
  if (!words.includes('--keep')) rmSync(home, { recursive: true, force: true });
}
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
console.log(`\ncoroscope ${version}\n`);
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
process.exitCode = good ? 0 : 1;

/** Of what is committed, with its own dependencies. */
function clone() {
  const changed = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim();
  if (changed) console.log('What is not committed is not part of this check.');
  const folder = join(home, 'clone');
  step('clone, and npm ci');
  run('git', ['clone', '--quiet', '.', folder], process.cwd());
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  return folder;
}

/** Does the command tell the version, and does the sample end with what it prints? */
function tried(command, options, env, folder) {
  const run = (args) =>
    spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { HOME: folder, LANG: 'en_US.UTF-8', ...env } });
  const began = Date.now();
  const told = run(['--version']);
  const starts = seconds(began);
  if (told.stdout !== `${version}\n`)
    return { starts, sample: '', result: `failed: --version says ${told.stdout || told.stderr}` };
  const then = Date.now();
  const ran = run(['run', ...options, 'breakfast.py']);
  const sample = seconds(then);
  if (ran.status !== 0) return { starts, sample, result: `failed: exit code ${ran.status}: ${ran.stderr}` };
  const json = options.includes('--json');
  const shown = json
    ? JSON.parse(ran.stdout).tasks.some((task) => JSON.stringify(task).includes('bacon'))
    : existsSync(join(folder, 'page.html')) && ran.stdout.includes('served: eggs, bacon, toast');
  return { starts, sample, result: shown ? 'good' : 'failed: the sample is not shown' };
}

function tell(how, file, most, { starts, sample, result }) {
  const size = statSync(file).size / 1e6;
  const said = size > most ? `failed: larger than ${most} MB` : result;
  if (said.startsWith('failed')) good = false;
  rows.push([how, size.toFixed(1), starts, sample, said]);
}

/** One with venv and pip: what `PYTHON` names, one on the PATH, or one of pyenv. */
function python() {
  const pyenv = join(process.env.PYENV_ROOT ?? join(process.env.HOME ?? '', '.pyenv'), 'versions');
  const kept = existsSync(pyenv) ? readdirSync(pyenv).map((name) => join(pyenv, name, 'bin/python')) : [];
  const all = process.env.PYTHON ? [process.env.PYTHON] : ['python3', ...kept.reverse()];
  const found = all.find(
    (each) => spawnSync(each, ['-c', 'import ensurepip, sys; assert sys.version_info >= (3, 9)']).status === 0,
  );
  if (!found) throw new Error('There is no Python 3.9 or later with venv and pip. PYTHON=/path names one.');
  return found;
}

function npm(script) {
  run('npm', ['run', '--silent', script], source);
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}: exit code ${status}\n${stdout}\n${stderr}`);
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(2)} s`;
}

function step(text) {
  console.log(`── ${text}`);
}
