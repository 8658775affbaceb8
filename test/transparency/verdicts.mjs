import { RUNS, repeats } from '../repeats.mjs';
import { allowed } from './allowed.mjs';
import { outcomes } from './outcomes.mjs';

const GOOD = new Set(['ok', 'skip', 'expected failure']);
/** Always bare and traced, so that what is skipped only when traced is found too. */
const BOTH = process.env.BARE === '1';

/**
 * One module, traced; and bare if anything failed, or BARE=1.
 * @returns for each test its outcomes and the verdict: `same`, `fails` (traced only), `allowed: …`, `fails bare too`;
 *   `repeats`: how often it was run again (`repeats.mjs`)
 */
export async function compareModule(python, name) {
  const traced = await outcomes(python, name, true);
  const bad = [...traced.values()].some(({ outcome }) => !GOOD.has(outcome));
  const bare = bad || BOTH ? await outcomes(python, name, false) : undefined;
  const tests = [...new Set([...traced.keys(), ...(bare?.keys() ?? [])])].map((id) => {
    const { outcome, why } = traced.get(id) ?? { outcome: 'absent', why: 'The traced run never came to it.' };
    const test = { id, bare: bare && (bare.get(id)?.outcome ?? 'absent'), traced: outcome, why, repeats: 0 };
    return { ...test, verdict: verdict(test, python.minor) };
  });
  for (let run = 1; run < RUNS; run++) {
    const again = tests.filter((test) => test.verdict === 'fails' && mayRepeat(test));
    if (again.length === 0) break;
    const found = await outcomes(python, name, true);
    for (const test of again) {
      test.repeats++;
      test.traced = found.get(test.id)?.outcome ?? 'absent';
      test.verdict = verdict(test, python.minor);
    }
  }
  return tests;
}

function mayRepeat({ id }) {
  return repeats.some(({ test }) => id.startsWith(test));
}

function verdict({ id, bare, traced }, minor) {
  // A test that is skipped only when traced has not passed.
  if (GOOD.has(traced) && !(bare !== undefined && traced === 'skip' && bare !== 'skip')) return 'same';
  if (!GOOD.has(bare)) return 'fails bare too';
  const exempt = allowed.find(({ id: known, from = 0, to = 99 }) => known === id && minor >= from && minor <= to);
  return exempt === undefined ? 'fails' : `allowed: ${exempt.why}`;
}
