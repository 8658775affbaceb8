// Builds once, runs the suites of `suites.mjs`, one after another, and ends with one line for all: `N passed, N failed`.
//
//   npm test                        all suites, in what is enough before a change is handed on
//   npm test -- unit python         a part of them
//   npm test -- --times             and a table of suites and slowest files
//   npm run test:all                the whole sweep: every Python, a thousand random programs
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { suites } from './suites.mjs';
import { failures, repeats, table, times } from './summary.mjs';

/** Of a suite; far more than it takes. */
const PATIENCE = 60 * 60_000;
const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith('--')).map((name) => name.replace(/^test:/, ''));
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.log(`No suite is called ${unknown.join(', ')}. There are: ${suites.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const whole = words.includes('--all');
const folder = mkdtempSync(join(tmpdir(), 'co-report-'));
const results = [];
for (const suite of suites) {
  // Without a build there is nothing to test.
  if (wanted.length > 0 && !wanted.includes(suite.name) && suite.name !== 'build') continue;
  const result = await run(suite);
  results.push(result);
  if (suite.name === 'build' && result.failed > 0) break;
}
rmSync(folder, { recursive: true, force: true });

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const repeated = repeats(results);
const lines = [
  '',
  ...table(results),
  ...(words.includes('--times') ? times(results) : []),
  ...repeated,
  ...failures(results),
  '',
  `${sum('passed')} passed, ${sum('failed')} failed, ${repeated.length} repeated`,
  `${sum('passed')} passed, ${sum('failed')} failed`,
];
console.log(lines.join('\n'));
process.exitCode = sum('failed') > 0 ? 1 : 0;

async function run(suite) {
  const { name } = suite;
  console.log(`\n── ${name} ${'─'.repeat(68 - name.length)}`);
  const began = Date.now();
  const { output, good } = await execute(suite);
  const seconds = (Date.now() - began) / 1000;
  const skips = [...output.matchAll(/^\s*skipped: (.+)$/gm)].map(([, reason]) => reason);
  const tests = reported(name);
  const found = { name, seconds, skips, tests, failures: tests.filter(({ outcome }) => outcome === 'failed') };
  const passed = tests.filter(({ outcome }) => outcome === 'passed').length;
  const counts = suite.whole
    ? { passed: good ? 1 : 0, failed: good ? 0 : 1 }
    : (counted(output, tests) ?? { passed, failed: found.failures.length });
  // A suite that breaks down, or that says nothing, has failed.
  if (!good && counts.failed === 0) counts.failed = 1;
  if (good && counts.passed + counts.failed === 0 && skips.length === 0) counts.failed = 1;
  if (counts.failed > 0 && found.failures.length === 0)
    found.failures = [
      { file: '', name: '', why: output.trimEnd().split('\n').slice(-25).join('\n'), again: `npm test -- ${name}` },
    ];
  return { ...found, ...counts };
}

/** Of a suite that reports no tests: its last line `N passed, N failed`. */
function counted(output, tests) {
  if (tests.length > 0) return undefined;
  const last = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]) };
}

function reported(name) {
  try {
    return readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}

function execute({ name, command, all = {} }) {
  const env = {
    ...(whole ? { WHOLE: '1', ...all } : {}),
    ...process.env,
    PATH: [resolve('node_modules/.bin'), process.env.PATH].join(delimiter),
    COROSCOPE_TEST_REPORT: join(folder, name),
  };
  return new Promise((done) => {
    let output = '';
    const child = spawn(command, { stdio: ['ignore', 'pipe', 'pipe'], env, shell: true });
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
      done({ output: stripVTControlCharacters(output), good: code === 0 });
    });
  });
}
