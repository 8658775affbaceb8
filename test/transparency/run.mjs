// CPython's own tests of asyncio, bare and under the tracer, compared test by test. What passes bare must pass traced.
//
//   npm run test:transparency                               the newest Python found that has its `test` package
//   PYTHONS=all npm run test:transparency                   all of them
//   PYTHONS=3.12,3.14 MODULES=test_tasks,test_locks npm run test:transparency
import { allowed, MOST_ALLOWED } from './allowed.mjs';
import { findPythons } from './pythons.mjs';
import { compareModule } from './verdicts.mjs';

const AT_ONCE = Number(process.env.JOBS ?? 2);

if (allowed.length > MOST_ALLOWED) throw new Error(`more than ${MOST_ALLOWED} tests are allowed to fail`);

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
        const result = await compareModule(python, name);
        results.push(...result);
        if (process.env.VERBOSE) console.log(`  ${python.version} ${name}: ${result.length} tests`);
      }
    }),
  );
  const count = (outcome) => results.filter(({ bare }) => bare[0] === outcome).length;
  const differing = results.filter(({ verdict }) => verdict !== 'same').sort((a, b) => (a.id < b.id ? -1 : 1));
  const bad = differing.filter(({ verdict }) => verdict === 'fails');
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  console.log(
    `\n${python.version}: ${results.length} tests in ${names.length} modules; bare: ${count('ok')} pass, ${count('skip')} are skipped; ` +
      `traced: ${bad.length} of those fail (${seconds} s)`,
  );
  for (const { id, verdict, bare, traced, why } of differing) {
    console.log(
      `  ${verdict === 'fails' ? '✗' : '·'} ${id}: ${verdict}; bare ${bare.join(', ')}; traced ${traced.join(', ')}`,
    );
    if (verdict === 'fails' || process.env.VERBOSE) console.log(indented(why));
  }
  return { passed: results.length - bad.length, failed: bad.length };
}

function indented(text) {
  return text
    .trimEnd()
    .split('\n')
    .slice(-12)
    .map((line) => `      ${line}`)
    .join('\n');
}
