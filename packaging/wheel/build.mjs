// The wheel, `out/coroscope-VERSION-py3-none-any.whl`: the tracer, the command in Python (`command/`), and the bundles of the command and the
// page. It is put together in `out/wheel` and built there by the backend that `pyproject.toml` names.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const stage = 'out/wheel';
const coroscope = `${stage}/coroscope`;
const javascript = `${coroscope}/javascript`;
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const withoutCaches = { recursive: true, filter: (path) => !path.includes('__pycache__') };

const python = findBackend();
rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
execFileSync(process.execPath, ['esbuild.mjs', '--production', '--out', `${stage}/dist`], { stdio: 'inherit' });
cpSync('src/python/coroscope', coroscope, withoutCaches);
cpSync('packaging/wheel/command', `${coroscope}/command`, withoutCaches);
mkdirSync(javascript);
for (const name of ['cli.js', 'watch.js']) copyFileSync(`${stage}/dist/${name}`, `${javascript}/${name}`);
cpSync(`${stage}/dist/webview`, `${javascript}/webview`, { recursive: true });
// The command reads its version there.
writeFileSync(`${coroscope}/package.json`, `${JSON.stringify({ name: 'coroscope', version, type: 'commonjs' })}\n`);
writeFileSync(`${coroscope}/py.typed`, '');
await template();
for (const name of ['LICENSE', 'ThirdPartyNotices.md']) copyFileSync(name, `${stage}/${name}`);
for (const name of ['pyproject.toml', 'README.md']) copyFileSync(`packaging/wheel/${name}`, `${stage}/${name}`);
rmSync(`${stage}/dist`, { recursive: true });
const file = wheel();
console.log(`out/${file}: ${(statSync(`out/${file}`).size / 1e6).toFixed(1)} MB`);

/** The page with places for what Python puts into it, by the code that makes it everywhere else. */
async function template() {
  const exporter = `${stage}/export.mjs`;
  await build({
    stdin: {
      contents: `export { htmlPage } from './src/export/html'; export { wordsOf } from './src/export/page-words';`,
      resolveDir: '.',
    },
    outfile: exporter,
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  const { htmlPage, wordsOf } = await import(pathToFileURL(resolve(exporter)));
  rmSync(exporter);
  const korean = JSON.parse(readFileSync('l10n/bundle.l10n.ko.json', 'utf8'));
  const start = (words) => Object.keys(korean).find((message) => message.startsWith(words));
  const messages = {
    TROUBLE: start('This page could not be opened.'),
    NOSCRIPT: start('This page needs JavaScript'),
  };
  const words = Object.fromEntries(Object.entries(messages).map(([name, message]) => [message, `@${name}@`]));
  const trace = { length: 0, bytes: () => new Uint8Array() };
  const page = { trace, locale: '@LANG@', words, root: '', title: '@TITLE@', assets: `${stage}/dist` };
  const made = [...htmlPage(page)]
    .join('')
    .replace(/\{"about":"[^"]*","trace":\[\]\}/, '{"about":"@ABOUT@","trace":@TRACE@}');
  for (const place of ['LANG', 'TITLE', 'ABOUT', 'TRACE', 'TROUBLE', 'NOSCRIPT'])
    if (made.split(`@${place}@`).length !== 2) throw new Error(`The page has no single place for ${place}.`);
  const folder = `${coroscope}/command/page`;
  mkdirSync(folder);
  writeFileSync(`${folder}/template.html`, made);
  writeFileSync(`${folder}/messages.json`, JSON.stringify(messages));
  const shown = wordsOf(readFileSync(`${stage}/dist/webview/main.js`, 'utf8'), korean);
  for (const message of Object.values(messages)) shown[message] = korean[message];
  writeFileSync(`${folder}/ko.json`, JSON.stringify(shown));
}

function wheel() {
  const code = 'from setuptools import build_meta; print(build_meta.build_wheel("wheel"))';
  const said = execFileSync(python, ['-c', code], { cwd: stage, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const name = said.trimEnd().split('\n').at(-1);
  copyFileSync(join(stage, 'wheel', name), join('out', name));
  return name;
}

/** A Python with the backend: one of the PATH, of pyenv, or what `PYTHON` names. */
function findBackend() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const pyenv = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  try {
    folders.push(...readdirSync(pyenv).map((name) => join(pyenv, name, 'bin')));
  } catch {
    // There is no pyenv.
  }
  const names = process.platform === 'win32' ? ['python.exe'] : ['python3'];
  const all = process.env.PYTHON
    ? [process.env.PYTHON]
    : folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const check =
    'import setuptools; assert int(setuptools.__version__.split(".")[0]) >= 64; import setuptools.command.bdist_wheel';
  const older = 'import setuptools, wheel; assert int(setuptools.__version__.split(".")[0]) >= 64';
  for (const candidate of all)
    for (const code of [check, older])
      if (spawnSync(candidate, ['-c', code], { stdio: 'ignore' }).status === 0) return candidate;
  console.error(
    'To build the wheel, a Python needs setuptools 64 or later with wheel: `pip install setuptools wheel`, or on Debian `apt-get install python3-setuptools python3-wheel`. None was found on the PATH; PYTHON=/path names another.',
  );
  process.exit(1);
}
