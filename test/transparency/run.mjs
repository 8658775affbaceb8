// CPython's own tests of asyncio, bare and under the tracer, compared test by test. What passes bare must pass traced.
//
//   npm run test:transparency                               every Python found that has its `test` package
//   PYTHONS=3.12,3.14 MODULES=test_tasks,test_locks npm run test:transparency
//   PYTHONS=newest npm run test:transparency                as `npm test` does
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowed, MOST_ALLOWED } from './allowed.mjs';
import { findPythons } from './pythons.mjs';

const script = fileURLToPath(new URL('module.py', import.meta.url));
const tracer = resolve(fileURLToPath(new URL('../../src/python/coroscope', import.meta.url)));
const PATIENCE = 300_000;
/** A test that differs is run again with its module, this many times in all; it fails if it fails in more than half of them. */
const RUNS = 3;
const AT_ONCE = Number(process.env.JOBS ?? 2);
const GOOD = new Set(['ok', 'skip', 'expected failure']);

if (allowed.length > MOST_ALLOWED) throw new Error(`more than ${MOST_ALLOWED} tests are allowed to fail`);

const wanted = list('PYTHONS');
const modules = list('MODULES');
const all = await findPythons();
const able = all.filter((python) => python.modules.length > 0);
const chosen = wanted.includes('newest')
  ? able.slice(-1)
  : able.filter(({ minor }) => wanted.length === 0 || wanted.includes(`3.${minor}`));

for (const { minor, command, modules: own } of all)
  if (own.length === 0 && (wanted.length === 0 || wanted.includes(`3.${minor}`)))
    console.log(`not run: 3.${minor} (${command}) has no \`test\` package`);
if (chosen.length === 0)
  console.log(
    `skipped: CPython's own tests of asyncio: no Python${wanted.length > 0 ? ` of those asked for (${wanted.join(', ')})` : ''} has its \`test\` package`,
  );

let passed = 0;
let failed = 0;
for (const python of chosen) {
  const result = await compare(python);
  passed += result.passed;
  failed += result.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function list(name) {
  return (process.env[name] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'all');
}

/** All modules of one Python. Prints what differs. */
async function compare(python) {
  const names = python.modules.filter((name) => modules.length === 0 || modules.includes(name));
  const began = Date.now();
  const queue = [...names];
  const results = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
        const result = await compareModule(python, name);
        results.push(result);
        if (process.env.VERBOSE) console.log(`  ${python.version} ${name}: ${result.tests.size} tests`);
      }
    }),
  );
  const tests = results.flatMap(({ tests: each }) => [...each.values()]);
  const count = (how) => tests.filter(({ bare }) => bare === how).length;
  const differences = tests.filter(({ verdict }) => verdict !== 'same');
  const bad = differences.filter(({ verdict }) => verdict === 'fails');
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  const run = tests.filter(({ bare }) => bare !== 'skip').length;
  console.log(
    `\n${python.version}: ${tests.length} tests in ${names.length} modules: bare ${count('ok')} ok, ${count('skip')} skipped, ` +
      `${run - count('ok')} other; traced: ${bad.length} fail that pass bare (${seconds} s)`,
  );
  for (const { id, verdict, bare, traced, why } of differences.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    console.log(`  ${verdict === 'fails' ? '✗' : '·'} ${id}: bare ${bare}, traced ${traced} (${verdict})`);
    if (verdict === 'fails' || process.env.VERBOSE) console.log(indented(why));
  }
  return { passed: tests.length - bad.length, failed: bad.length };
}

async function compareModule(python, name) {
  const tests = new Map();
  const tallies = new Map();
  for (let round = 0; round < RUNS; round++) {
    const [bare, traced] = [await outcomes(python, name, false), await outcomes(python, name, true)];
    for (const id of new Set([...bare.keys(), ...traced.keys()])) {
      const before = bare.get(id) ?? { outcome: 'absent', why: '' };
      const after = traced.get(id) ?? { outcome: 'absent', why: 'The traced run never came to it.' };
      const tally = tallies.get(id) ?? { bareGood: 0, tracedBad: 0 };
      tallies.set(id, tally);
      if (GOOD.has(before.outcome)) tally.bareGood++;
      if (after.outcome !== before.outcome && !(GOOD.has(after.outcome) && after.outcome !== 'skip')) tally.tracedBad++;
      const worth = round === 0 || (tests.get(id)?.verdict !== 'same' && after.outcome !== before.outcome);
      if (worth)
        tests.set(id, {
          id,
          bare: before.outcome,
          traced: after.outcome,
          why: after.why,
          verdict: before.outcome === after.outcome ? 'same' : 'differs',
        });
    }
    // Sameness needs no second look; a difference may be one test's own mood on a busy machine.
    const differing = [...tests.values()].filter(({ verdict }) => verdict !== 'same');
    if (!differing.some(({ id }) => tallies.get(id).bareGood > 0 && tallies.get(id).tracedBad > 0)) break;
  }
  for (const test of tests.values()) {
    if (test.verdict === 'same') continue;
    const { bareGood, tracedBad } = tallies.get(test.id);
    if (bareGood * 2 <= RUNS || tracedBad * 2 <= RUNS)
      test.verdict = tracedBad === 0 ? 'passes traced' : 'now and then';
    else test.verdict = reason(test.id, python.minor) ?? 'fails';
  }
  return { tests };
}

function reason(id, minor) {
  const found = allowed.find((each) => each.id === id && minor >= (each.from ?? 0) && minor <= (each.to ?? 99));
  return found && `allowed: ${found.why}`;
}

/** Runs one module in a process of its own. @returns test id → outcome and why */
async function outcomes(python, name, traced) {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-transparency-'));
  const results = join(folder, 'results');
  const before = traced ? [tracer, 'run', '--clock', 'real', '--trace', join(folder, 'trace.coroscope')] : [];
  const { status, stderr } = await execute(python.command, [...before, script, name, results], folder);
  const found = read(results);
  const ended = found.delete('');
  if (!ended) {
    // The process died or hung: the test that was running is the one to look at.
    const running = [...found].find(([, { outcome }]) => outcome === 'started')?.[0] ?? `${name} (no test)`;
    found.set(running, {
      outcome: status === undefined ? 'hangs' : `ends the process (${status})`,
      why: stderr.slice(-2000),
    });
  }
  rmSync(folder, { recursive: true, force: true });
  return found;
}

function read(file) {
  const found = new Map();
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // The module died before its first line.
  }
  for (const line of text.split('\n')) {
    if (line === '' || !line.endsWith(']')) continue;
    const [id, outcome, , why = ''] = JSON.parse(line);
    found.set(id.replace('test.test_asyncio.', ''), { outcome, why });
  }
  return found;
}

function execute(command, args, cwd) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
    });
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr = (stderr + data).slice(-10_000);
    });
    let status;
    const timer = setTimeout(() => stop(child), PATIENCE);
    child.on('exit', (code, signal) => {
      status = signal === 'SIGKILL' ? undefined : (code ?? signal);
      clearTimeout(timer);
      // Children that a killed test left behind would hold the pipe open.
      stop(child);
    });
    child.on('close', () => done({ status, stderr }));
    child.on('error', () => done({ status: 'not started', stderr }));
  });
}

function stop(child) {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

function indented(text) {
  return text
    .trimEnd()
    .split('\n')
    .slice(-12)
    .map((line) => `      ${line}`)
    .join('\n');
}
