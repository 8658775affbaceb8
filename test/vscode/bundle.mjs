// Bundles the tests: the suite that runs inside the extension host, and what drives a workbench from outside.
import { build } from 'esbuild';

const common = { bundle: true, platform: 'node', target: 'node20', sourcemap: 'inline', logLevel: 'warning' };

export async function bundle() {
  await build({
    ...common,
    entryPoints: ['test/vscode/suite/index.ts'],
    outfile: 'out/vscode-suite/index.js',
    format: 'cjs',
    external: ['vscode', 'mocha'],
  });
  await build({
    ...common,
    entryPoints: ['test/vscode/main.ts', 'test/vscode/electron.ts'],
    outdir: 'out/vscode-tests',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    packages: 'external',
  });
}

if (import.meta.url === `file://${process.argv[1]}`) await bundle();
