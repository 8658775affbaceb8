// Builds the browser tests and runs them in a real Chromium against the bundle in dist/webview.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { build } from 'esbuild';

mkdirSync('test-results', { recursive: true });
const outfile = 'test-results/browser-tests.mjs';
await build({
  entryPoints: ['test/webview/browser/tests.ts'],
  bundle: true,
  outfile,
  platform: 'node',
  format: 'esm',
  external: ['playwright-core'],
  logLevel: 'warning',
});
process.exit(spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
