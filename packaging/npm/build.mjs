// The npm package, in `out/npm/coroscope`, and packed beside it: `out/coroscope-VERSION.tgz`. The package.json of this folder's root is that
// of the VS Code extension; the one of the package is made of it here, so that version, licence and keywords stand in one place.
//
//   node packaging/npm/build.mjs          the package
//   node packaging/npm/build.mjs --docs   and the pages of its library's API, in `out/npm/pages`
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = 'out/npm/coroscope';
const tool = (name, ...words) =>
  execFileSync(join('node_modules', '.bin', name), words, {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });

rmSync('out/npm', { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
execFileSync(process.execPath, ['esbuild.mjs', '--production', '--out', `${folder}/dist`], { stdio: 'inherit' });
// What only the extension has.
for (const name of ['extension.js', 'extension.js.LEGAL.txt', 'browser', 'chunks', 'parts.json'])
  rmSync(`${folder}/dist/${name}`, { recursive: true, force: true });
await library();
for (const name of ['LICENSE', 'ThirdPartyNotices.md', 'CHANGELOG.md']) copyFileSync(name, `${folder}/${name}`);
copyFileSync('packaging/npm/README.md', `${folder}/README.md`);
cpSync('examples', `${folder}/examples`, { recursive: true, filter: (path) => !path.includes('__pycache__') });
mkdirSync(`${folder}/l10n`);
copyFileSync('l10n/bundle.l10n.ko.json', `${folder}/l10n/ko.json`);
const { version } = manifest();
const [{ filename }] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--pack-destination', 'out', `./${folder}`], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }),
);
console.log(`out/${filename}: coroscope ${version}, ${(statSync(`out/${filename}`).size / 1e6).toFixed(1)} MB`);
if (process.argv.includes('--docs')) {
  tool('api-documenter', 'markdown', '--input-folder', 'out/npm/api', '--output-folder', 'out/npm/pages');
  console.log('out/npm/pages/index.md: the API of coroscope/core');
}

/** `coroscope/core`: one module, and one file of types. */
async function library() {
  await build({
    entryPoints: ['src/core/library.ts'],
    outfile: `${folder}/dist/core/index.mjs`,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  const declarations = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly'];
  tool('tsc', '-p', 'src/core', ...declarations, '--outDir', 'out/npm/declarations');
  tool('api-extractor', 'run', '--local', '-c', 'packaging/npm/declarations.json');
}

function manifest() {
  const { name, version, license, keywords, engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  const { description } = JSON.parse(readFileSync('package.nls.json', 'utf8'));
  const made = {
    name,
    version,
    description,
    license,
    keywords,
    type: 'commonjs',
    engines: { node: engines.node },
    bin: { coroscope: 'dist/cli.js' },
    exports: {
      './core': { types: './dist/core/index.d.mts', default: './dist/core/index.mjs' },
      './l10n/ko.json': './l10n/ko.json',
      './package.json': './package.json',
    },
    files: ['dist', 'l10n', 'examples', 'ThirdPartyNotices.md', 'CHANGELOG.md'],
  };
  writeFileSync(`${folder}/package.json`, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}
