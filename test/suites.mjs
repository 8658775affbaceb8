/**
 * The suites, in the order in which they run. A new one is added here, and nowhere else.
 *
 * - `command`: run with `node_modules/.bin` on the PATH, after one build of everything into `dist/`.
 * - `whole`: it counts as one test, by its exit code. Without it the command reports its tests: Vitest with
 *   `test/vitest-report.ts`, others with `report` of `test/report.ts`, or at least with a last line `N passed, N failed`.
 * - `all`: environment for `npm run test:all`; what is in the environment already comes first.
 */
export const suites = [
  // As it ships: what is tested is what users get.
  { name: 'build', command: 'node esbuild.mjs --production', whole: true },
  { name: 'types', command: 'npm run --silent types', whole: true },
  { name: 'lint', command: 'npm run --silent lint', whole: true },
  { name: 'unit', command: 'vitest run', all: { PYTHONS: 'all' } },
  { name: 'python', command: 'vitest run --config vitest.python.config.ts', all: { PYTHONS: 'all' } },
  {
    name: 'transparency',
    command: 'node test/transparency/run.mjs',
    all: { PYTHONS: 'all', BARE: '1' },
  },
  {
    name: 'random',
    command: 'vitest run --config vitest.random.config.ts',
    all: { COUNT: '1000', PYTHONS: 'all' },
  },
  { name: 'differential', command: 'vitest run --config vitest.differential.config.ts', all: { PYTHONS: 'all' } },
  { name: 'packages', command: 'vitest run --config vitest.packages.config.ts' },
  { name: 'webview', command: 'node test/webview/browser/run.mjs' },
  { name: 'vscode', command: 'node test/vscode/run.mjs', all: { PICTURES: '1' } },
];
