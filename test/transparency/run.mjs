// CPython's own tests of asyncio under the tracer, and bare where one failed: what passes bare must pass traced.
//
//   npm run test:transparency                               the newest Python found that has its `test` package
//   PYTHONS=all npm run test:transparency                   all of them
//   BARE=1 npm run test:transparency                        bare too where nothing failed: to find what is skipped only when traced
//   PYTHONS=3.12,3.14 MODULES=test_tasks,test_locks npm run test:transparency

import { appendFileSync } from 'node:fs';
import { MOST_REPEATS, repeats } from '../repeats.mjs';
import { allowed, MOST_ALLOWED } from './allowed.mjs';
import { findPythons } from './pythons.mjs';
import { compareModule } from './verdicts.mjs';

const AT_ONCE = Number(process.env.JOBS ?? 2);

if (allowed.length > MOST_ALLOWED) throw new Error(`more than ${MOST_ALLOWED} tests are allowed to fail`);
if (repeats.length > MOST_REPEATS) throw new Error(`more than ${MOST_REPEATS} tests may be repeated`);

const wanted = list('PYTHONS', 'newest');
const modules = list('MODULES');
const all = await findPythons();
const able = all.filter((python) => python.modules.length > 0);
const chosen = able.filter(
  ({ minor }, i) =>
    wanted.length === 0 ||
    wanted.includes(`3.${minor}`) ||
    (wanted.includes('oldest') && i === 0) ||
    (wanted.includes('newest') && i === able.length - 1),
);

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

function list(name, usual = '') {
  return (process.env[name] ?? usual)
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
        const began = Date.now();
        const result = await compareModule(python, name);
        const seconds = (Date.now() - began) / 1000;
        report({ file: `${name} on 3.${python.minor}`, name: '', seconds, outcome: 'skipped' });
        results.push(...result);
        if (process.env.VERBOSE) console.log(`  ${python.version} ${name}: ${result.length} tests`);
      }
    }),
  );
  const differing = results.filter(({ verdict }) => verdict !== 'same').sort((a, b) => (a.id < b.id ? -1 : 1));
  const bad = differing.filter(({ verdict }) => verdict === 'fails');
  const seconds = (Date.now() - began) / 1000;
  const skipped = results.filter(({ traced }) => traced === 'skip').length;
  console.log(
    `\n${python.version}: ${results.length} tests in ${names.length} modules, ${skipped} skipped by CPython; ${bad.length} fail (${seconds.toFixed(0)} s)`,
  );
  for (const { id, verdict, bare, traced, why } of differing) {
    console.log(`  ${verdict === 'fails' ? '✗' : '·'} ${id}: ${verdict}; bare ${bare}; traced ${traced}`);
    if (verdict === 'fails' || process.env.VERBOSE) console.log(indented(why));
  }
  for (const { id, verdict, why, repeats } of results) {
    const failed = verdict === 'fails';
    const module = id.split('.')[0].split(' ')[0];
    const again = `PYTHONS=3.${python.minor} MODULES=${module} npm run test:transparency`;
    const common = { file: `${module} on 3.${python.minor}`, name: id, seconds: 0, repeats };
    report(failed ? { ...common, outcome: 'failed', why, again } : { ...common, outcome: 'passed' });
  }
  return { passed: results.length - bad.length, failed: bad.length };
}

/** As `report` of test/report.ts, which TypeScript has. */
function report(test) {
  const file = process.env.COROSCOPE_TEST_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify(test)}\n`);
}

function indented(text) {
  return text
    .trimEnd()
    .split('\n')
    .slice(-12)
    .map((line) => `      ${line}`)
    .join('\n');
}
