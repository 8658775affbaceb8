// Bundles a script that drives the browser, and runs it.
import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { build } from 'esbuild';

export async function bundleAndRun(entry, args = []) {
  const outfile = `test-results/scripts/${basename(entry, '.ts')}.mjs`;
  await build({
    entryPoints: [entry],
    bundle: true,
    outfile,
    platform: 'node',
    format: 'esm',
    external: ['playwright-core'],
    logLevel: 'warning',
  });
  return spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' }).status ?? 1;
}
