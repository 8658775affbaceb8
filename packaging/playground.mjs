// The playground, a folder of static files: `out/playground`. Any server of files serves it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const out = 'out/playground';
const built = 'out/playground-dist';
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const common = {
  bundle: true,
  minify: true,
  target: 'chrome120',
  logLevel: 'warning',
  loader: { '.py': 'text' },
  metafile: true,
};
execFileSync(process.execPath, ['esbuild.mjs', '--production', '--out', built], { stdio: 'inherit' });
const { metafile } = await build({ ...common, entryPoints: ['playground/main.ts'], outdir: out, format: 'esm' });
await build({ ...common, entryPoints: ['playground/timeline.ts'], outdir: out, format: 'iife' });
for (const page of ['index.html', 'timeline.html']) copyFileSync(`playground/${page}`, `${out}/${page}`);
for (const folder of ['webview', 'pyodide']) cpSync(`${built}/${folder}`, `${out}/${folder}`, { recursive: true });
copyFileSync(`${built}/python/tzdata.zip`, `${out}/tzdata.zip`);
copyFileSync(`${built}/browser/python-worker.js`, `${out}/python-worker.js`);
copyFileSync(`${built}/browser/tracer.json`, `${out}/tracer.json`);
rmSync(built, { recursive: true });
writeFileSync(`${out}/licences.txt`, licences(Object.keys(metafile.inputs)));

const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => statSync(join(out, name)).isFile())
  .sort();
const hash = createHash('sha256');
for (const name of files) hash.update(name).update(readFileSync(join(out, name)));
await build({
  ...common,
  entryPoints: ['playground/service-worker.ts'],
  outdir: out,
  format: 'iife',
  define: { FILES: JSON.stringify(['./', ...files]), VERSION: JSON.stringify(hash.digest('hex').slice(0, 16)) },
});
const bytes = files.reduce((sum, name) => sum + statSync(join(out, name)).size, 0);
console.log(`${out}: ${(bytes / 1e6).toFixed(1)} MB in ${files.length + 1} files`);

/** Of what the editor is made of, behind those of all that the extension holds. */
function licences(inputs) {
  const packages = new Set(
    inputs.map((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean),
  );
  const texts = [...packages].sort().map((name) => {
    const folder = join('node_modules', name);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence file.`);
    return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
  });
  return [readFileSync('ThirdPartyNotices.md', 'utf8'), ...texts].join('\n\n----\n\n');
}
