// Builds everything that ships into dist/. `--watch` rebuilds on change, `--production` minifies and drops source maps, `--out FOLDER`
// builds elsewhere.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { context } from 'esbuild';
import { asCommonJs, inChunks } from './esbuild-chunks.mjs';
import { onlyUsedIcons } from './esbuild-icons.mjs';
import { listParts } from './esbuild-parts.mjs';
import { tracerTexts } from './tracer-texts.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : 'dist';

const parts = listParts(out);
const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'linked',
  plugins: [parts],
};
const node = { ...common, platform: 'node', target: 'node20' };

const bundles = [
  {
    ...node,
    ...inChunks,
    plugins: [asCommonJs, parts],
    entryPoints: ['src/extension.ts'],
    outdir: out,
    external: ['vscode'],
    // Read when the chunks are turned into CommonJS.
    sourcemap: production ? false : 'inline',
  },
  {
    ...node,
    entryPoints: ['src/cli.ts'],
    outfile: `${out}/cli.js`,
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
  { ...node, entryPoints: ['src/engines/watch/thread.ts'], outfile: `${out}/watch.js`, format: 'cjs' },
  // A module, because Pyodide is one.
  { ...node, entryPoints: ['src/engines/embedded/child.ts'], outfile: `${out}/embedded-python.mjs`, format: 'esm' },
  // Browsers' extension hosts load a single file, and only know `require` of `vscode`.
  {
    ...common,
    entryPoints: ['src/extension.browser.ts'],
    outfile: `${out}/browser/extension.js`,
    platform: 'browser',
    target: 'chrome120',
    format: 'cjs',
    external: ['vscode'],
  },
  {
    ...common,
    entryPoints: ['src/engines/worker/program.ts'],
    outfile: `${out}/browser/python-worker.js`,
    platform: 'browser',
    target: 'chrome120',
    format: 'iife',
  },
  {
    ...common,
    entryPoints: ['webview/main.ts'],
    outfile: `${out}/webview/main.js`,
    platform: 'browser',
    target: 'chrome120',
    format: 'iife',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    plugins: [parts, onlyUsedIcons(`${out}/webview`)],
  },
  {
    ...common,
    entryPoints: ['webview/serve.ts'],
    outfile: `${out}/webview/serve.js`,
    platform: 'browser',
    target: 'chrome120',
    format: 'iife',
  },
].filter((bundle) => existsSync(bundle.entryPoints[0]));

const pyodideFiles = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];

function copyAssets() {
  mkdirSync(`${out}/pyodide`, { recursive: true });
  for (const file of pyodideFiles) cpSync(`node_modules/pyodide/${file}`, `${out}/pyodide/${file}`);
  cpSync('src/engines/embedded/tzdata.zip', `${out}/python/tzdata.zip`);
  mkdirSync(`${out}/browser`, { recursive: true });
  writeFileSync(`${out}/browser/tracer.json`, JSON.stringify(tracerTexts()));
  cpSync('src/python', `${out}/python`, { recursive: true, filter: (path) => !path.includes('__pycache__') });
}

rmSync(out, { recursive: true, force: true });
copyAssets();
const builds = await Promise.all(bundles.map((bundle) => context(bundle)));
await Promise.all(builds.map((build) => build.rebuild()));
if (watch) await Promise.all(builds.map((build) => build.watch()));
else await Promise.all(builds.map((build) => build.dispose()));
