import { afterAll, describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import type { Runner } from '../random/servers';
import { type Known, knownPrograms } from './programs';
import { shrunk } from './shrink';

/**
 * A program prints on the virtual clock, in the same order, what it prints on a real CPython with nothing else running. `ONLY=text` runs
 * those whose name has it, `PYTHON=3.12` or `embedded` only there. What is held against is kept in `bare/`, see `record.py`.
 */
const ONLY = process.env.ONLY ?? '';
/** Random programs may differ where the real order is undecided, up to this many; the trace has to say so. */
const UNDECIDED = 0.05;

export interface Place {
  readonly label: string;
  readonly minor: number;
  readonly runner: Runner;
  /** For programs that compute: the random ones do not, and a busy machine must not make it look so. */
  readonly measuring: Runner;
  /** Where bare programs run; none: nothing can be shrunk. */
  readonly python?: string;
}

/** The tests of one Python; none where `PYTHON` names another. */
export function asBare({ label, minor, runner, measuring, python }: Place): void {
  if (process.env.PYTHON !== undefined && process.env.PYTHON !== label) return;
  afterAll(() => {
    for (const each of [runner, measuring]) each.dispose();
  });
  describe(`as bare, on ${label}`, () => {
    const programs = knownPrograms(minor).filter(({ name }) => name.includes(ONLY));
    const virtual = async (source: string) => (await runner.traced(source, 'virtual')).stdout;

    for (const program of programs.filter(({ random }) => !random))
      test(program.name, async () => {
        const found = (await measuring.traced(program.source, 'virtual')).stdout;
        if (found !== program.bare) expect(found, again(program, label)).toBe(program.bare);
      });

    const random = programs.filter((each) => each.random);
    if (random.length > 0)
      test(`${random.length} random programs full of ties`, { timeout: 600_000 }, async () => {
        const open: string[] = [];
        for (const program of random) {
          const { stdout, trace } = await runner.traced(program.source, 'virtual');
          if (stdout === program.bare) continue;
          if (readTimeline(trace).ties.length === 0) expect.fail(await report(program, label, stdout, virtual, python));
          open.push(program.name);
        }
        console.log(`${label}: ${random.length - open.length} of ${random.length} random programs as bare`);
        expect(open.length, `${open.join(', ')} print something else: ${again(random[0], label)}`).toBeLessThanOrEqual(
          random.length * UNDECIDED,
        );
      });
  });
}

function again({ name }: Known, label: string): string {
  return `again: ONLY='${name}' PYTHON=${label} npm run test:differential`;
}

async function report(
  program: Known,
  label: string,
  found: string,
  virtual: (source: string) => Promise<string>,
  python: string | undefined,
): Promise<string> {
  const head = [`${program.name} prints ${found}`, `bare ${program.bare}`, again(program, label)];
  if (!python) return head.join('\n');
  const small = await shrunk(program.source, python, virtual);
  return [...head, `made small, it prints ${small.virtual}, bare ${small.bare}:`, small.source].join('\n');
}
