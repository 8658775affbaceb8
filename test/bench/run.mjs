// `npm run bench`: every figure, both sides in one run. A part: `npm run bench -- start`, `tracer`, `peers`, `embedded`, `reader`, `source`, `webview`, `live`.
// PYTHONS=3.12,3.14 chooses interpreters, ROUNDS=9 how often each pair runs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const wanted = process.argv.slice(2);
const part = (name) => wanted.length === 0 || wanted.includes(name);
// Inside the project, so that packages are found.
const folder = mkdtempSync(join('node_modules', '.bench-'));

async function load(name) {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [`test/bench/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

if (part('start')) console.log(`${(await load('start')).startTable(folder).join('\n')}\n`);
if (part('tracer')) console.log(`${(await load('tracer')).tracerTable().join('\n')}\n`);
if (part('peers')) console.log(`${(await load('peers')).peersTable().join('\n')}\n`);
if (part('embedded')) console.log(`${(await (await load('embedded')).embeddedTable()).join('\n')}\n`);
if (part('reader')) console.log(`${(await load('reader')).readerTable().join('\n')}\n`);
if (part('source')) console.log(`${(await load('source')).sourceTable().join('\n')}\n`);
if (part('live')) console.log(`${(await (await load('live')).liveTable()).join('\n')}\n`);
if (part('webview') && existsSync('test/bench/webview.mjs')) {
  process.exitCode = spawnSync(process.execPath, ['test/bench/webview.mjs'], { stdio: 'inherit' }).status ?? 1;
}
