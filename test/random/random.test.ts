import { afterAll, describe, expect, test } from 'vitest';
import { allInterpreters, interpreters } from '../engines/here';
import { emit } from './emit';
import { generate } from './generate';
import { embedded, forking, type Runner } from './servers';
import { shrunk } from './shrink';
import { problemsOf } from './verdict';

/**
 * Random programs, each from a seed: their traces hold all truths, agree with what the programs print about themselves, and with a
 * second recorder. A hundred others each time; `SEED=n` begins there, `COUNT=n` runs more or fewer, `PYTHON=3.12` or `embedded` only there.
 */
const BASE = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const COUNT = Number(process.env.COUNT ?? 100);
/** The embedded Python's version; where the reference recorder runs for it. */
const EMBEDDED = 14;

interface Place {
  readonly label: string;
  readonly minor: number;
  readonly runner: Runner;
  readonly reference: Runner | undefined;
}

const places = [...forks(), ...embeddedPlace()];
const wanted = places.filter(({ label }) => process.env.PYTHON === undefined || process.env.PYTHON === label);
afterAll(() => {
  for (const { runner } of places) runner.dispose();
});

console.log(
  `random programs: seeds ${BASE}…${BASE + COUNT - 1} on ${wanted.map(({ label }) => label).join(', ')}; ` +
    `again: SEED=${BASE} COUNT=${COUNT} npm run test:random`,
);
if (wanted.length === 0) console.log('skipped: no Python to run random programs on');

describe.each(wanted.map((place, i) => ({ ...place, i })))('random programs on $label', ({ i, ...place }) => {
  for (let seed = BASE + i; seed < BASE + COUNT; seed += wanted.length) {
    test.concurrent(`seed ${seed}`, async () => {
      const abilities = { minor: place.minor, threads: place.label !== 'embedded' };
      const program = generate(seed, abilities);
      const problems = await problemsOf(program, place.runner, place.reference);
      if (problems.length === 0) return;
      const small = await shrunk(program, (each) => problemsOf(each, place.runner, place.reference));
      expect.fail(report(seed, place.label, small.problems.length > 0 ? small : { program, problems }));
    });
  }
});

function report(seed: number, label: string, { program, problems }: Awaited<ReturnType<typeof shrunk>>): string {
  const numbered = emit(program)
    .source.split('\n')
    .map((line, i) => `${String(i + 1).padStart(4)} ${line}`);
  const from = numbered.findIndex((line) => line.endsWith('made = []')) + 1;
  return [
    ...problems,
    '',
    `Again: SEED=${seed} COUNT=1 PYTHON=${label} npm run test:random`,
    `The program, made small (its first ${from} lines are test/random/prelude.py):`,
    ...numbered.slice(from),
  ].join('\n');
}

function forks(): Place[] {
  if (process.platform === 'win32') {
    console.log('skipped: random programs on interpreters: they run in forked processes, which Windows has not');
    return [];
  }
  // One that is asked for need not be among those that are tested by default.
  return (process.env.PYTHON === undefined ? interpreters : allInterpreters).map(({ command, version }) => {
    const runner = forking(command);
    const [, minor] = version.split('.');
    return { label: `3.${minor}`, minor: Number(minor), runner, reference: runner };
  });
}

function embeddedPlace(): Place[] {
  const alike = places14();
  return [{ label: 'embedded', minor: EMBEDDED, runner: embedded(), reference: alike }];
}

/** An interpreter of the same version: the embedded Python must behave like it. */
function places14(): Runner | undefined {
  const alike =
    process.platform !== 'win32' && allInterpreters.find(({ version }) => version.startsWith(`3.${EMBEDDED}.`));
  return alike ? forking(alike.command) : undefined;
}
