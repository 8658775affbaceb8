import { allowed } from './allowed.mjs';
import { outcomes } from './outcomes.mjs';

/** How often a module is run where its two runs differ, or a test fails bare: tests have moods on a busy machine. */
const RUNS = 3;
const GOOD = new Set(['ok', 'skip', 'expected failure']);

/**
 * One module, bare and traced.
 * @returns for each test its outcomes and the verdict: `same`, `fails` (traced only), `allowed: …`, `fails bare too`, `now and then`
 */
export async function compareModule(python, name) {
  const tests = new Map();
  let rounds = 0;
  do {
    rounds++;
    const [bare, traced] = [await outcomes(python, name, false), await outcomes(python, name, true)];
    for (const id of new Set([...bare.keys(), ...traced.keys()])) {
      const test = tests.get(id) ?? { id, bare: [], traced: [], why: '' };
      tests.set(id, test);
      const before = bare.get(id) ?? { outcome: 'absent', why: '' };
      const after = traced.get(id) ?? { outcome: 'absent', why: 'The traced run never came to it.' };
      test.bare.push(before.outcome);
      test.traced.push(after.outcome);
      if (!GOOD.has(after.outcome)) test.why = after.why;
    }
  } while (rounds < RUNS && [...tests.values()].some((test) => !isSame(test)));
  return [...tests.values()].map((test) => ({ ...test, verdict: verdict(test, python.minor) }));
}

function isSame({ bare, traced }) {
  return bare.every((outcome, round) => GOOD.has(outcome) && outcome === traced[round]);
}

function verdict(test, minor) {
  if (isSame(test)) return 'same';
  const most = (outcomes, bad) => outcomes.filter(bad).length * 2 > outcomes.length;
  if (most(test.bare, (outcome) => !GOOD.has(outcome))) return 'fails bare too';
  // A test that is skipped only when traced has not passed.
  if (!most(test.traced, (outcome, round) => !GOOD.has(outcome) || (outcome === 'skip' && test.bare[round] !== 'skip')))
    return 'now and then';
  const exempt = allowed.find(({ id, from = 0, to = 99 }) => id === test.id && minor >= from && minor <= to);
  return exempt === undefined ? 'fails' : `allowed: ${exempt.why}`;
}
