// Runs every suite, one after another, and ends with one line for all: `N passed, N failed`. A part of them: `node test/run.mjs unit python`.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const suites = [
  { name: 'build', checks: 1 },
  { name: 'types', checks: 1 },
  { name: 'lint', checks: 1 },
  { name: 'test:unit' },
  { name: 'test:python' },
  // One Python whole; the rest on request: `npm run test:transparency`.
  { name: 'test:transparency', env: { PYTHONS: process.env.PYTHONS ?? 'newest' } },
  { name: 'test:random' },
  { name: 'test:webview' },
  { name: 'test:vscode' },
];
const PATIENCE = 25 * 60_000;

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const wanted = process.argv.slice(2).map((name) => name.replace(/^test:/, ''));
const results = [];
for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name.replace('test:', ''))) continue;
  const result = await run(suite);
  results.push(result);
  // Nothing else can be right if there is nothing to test.
  if (suite.name === 'build' && result.failed > 0) break;
}

console.log(`\n${'─'.repeat(72)}`);
for (const { name, passed, failed, seconds, skips } of results) {
  console.log(
    `${failed > 0 ? '✗' : '✓'} ${name.padEnd(14)} ${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds.toFixed(0)} s`,
  );
  for (const skip of skips) console.log(`    skipped: ${skip}`);
}
// Once more and last, since whoever reads a long log reads its end.
for (const { name, failures } of results) {
  for (const failure of failures) console.log(`\nfailed in ${name}: ${failure}`);
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 ? 1 : 0;

async function run({ name, checks, env = {} }) {
  console.log(`\n── ${name} ${'─'.repeat(68 - name.length)}`);
  if (!scripts[name])
    return { name, passed: 0, failed: 0, seconds: 0, skips: ['there is no such suite yet'], failures: [] };
  const began = Date.now();
  const { output, good } = await execute(name, env);
  const seconds = (Date.now() - began) / 1000;
  const skips = [...output.matchAll(/^\s*skipped: (.+)$/gm)].map(([, reason]) => reason);
  const failures = good ? [] : failuresIn(output);
  if (checks) return { name, passed: good ? checks : 0, failed: good ? 0 : checks, seconds, skips, failures };
  const counted = count(output);
  // A suite that breaks down, or that says nothing, has failed.
  if (!good && counted.failed === 0) counted.failed = 1;
  if (good && counted.passed + counted.failed === 0 && skips.length === 0) counted.failed = 1;
  return { name, ...counted, seconds, skips, failures };
}

/** What failed, each with the first lines of why: Vitest heads it with ` FAIL  `, the other suites with `✗ `. What has no such head is told by its end. */
function failuresIn(output) {
  const lines = output.split('\n');
  const heads = lines.flatMap((line, i) => (/^\s*(FAIL\s|✗ )/.test(line) ? [i] : []));
  if (heads.length === 0) return [lines.slice(-25).join('\n')];
  return heads.slice(-10).map((head) =>
    lines
      .slice(head, head + 25)
      .join('\n')
      .trim(),
  );
}

function execute(name, env) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn('npm', ['run', '--silent', name], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    const timer = setTimeout(() => {
      console.log(`${name}: stopped after ${PATIENCE / 60_000} minutes`);
      child.kill('SIGKILL');
    }, PATIENCE);
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.on('data', (data) => {
        output += data;
        to.write(data);
      });
    }
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ output: plain(output), good: code === 0 });
    });
  });
}

/** Vitest says `Tests  1 failed | 5 passed (6)`; the other suites `5 passed, 1 failed`. */
function count(output) {
  const number = (text, word) => Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);
  const vitest = /^\s*Tests\s+(.*)$/m.exec(output)?.[1];
  const broken = /^\s*(?:Test Files|Errors)\s+(.*)$/gm;
  if (vitest !== undefined) {
    const failed = number(vitest, 'failed');
    // A file that cannot even be loaded has no tests to count.
    const files = [...output.matchAll(broken)].reduce(
      (total, [, text]) => total + number(text, 'failed') + number(text, 'errors?'),
      0,
    );
    return { passed: number(vitest, 'passed'), failed: failed || files };
  }
  const last = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  return { passed: Number(last?.[1] ?? 0), failed: Number(last?.[2] ?? 0) };
}

function plain(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '');
}
