// The VS Code extension as one file, `dist/coroscope.vsix`. VS Code has no versions such as 0.1.0-beta: one whose second number is odd is
// a pre-release there, which only those get who ask for it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const isPreRelease = Number(version.split('.')[1]) % 2 === 1;
execFileSync(
  process.execPath,
  [
    'node_modules/@vscode/vsce/vsce',
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    ...(isPreRelease ? ['--pre-release'] : []),
    '-o',
    process.argv[2] ?? 'dist/coroscope.vsix',
  ],
  { stdio: 'inherit' },
);
