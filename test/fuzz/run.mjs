// `npm run fuzz`: bundled, a trace takes half the time that it takes among the modules of the test runner.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const outfile = join('test-results', 'scripts', 'fuzz.mjs');
const entryPoints = ['test/fuzz/long-run.ts'];
await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', sourcemap: true });
await import(pathToFileURL(outfile).href);
