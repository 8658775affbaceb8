import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { disposeEngines } from '../../src/engines/run';
import { notation } from '../core/notation';
import { violations } from '../core/truths';
import { interpreters, runs } from '../engines/here';
import { programs } from './programs';

/**
 * Every program on the virtual clock, on every Python found: the same timeline, in words, as `test/traces/NAME.txt` has it.
 * Where an older Python really behaves differently, `NAME.until-3.N.txt` is used up to that version.
 * `UPDATE_TRACES=1 npm run test:python` writes them anew: read the difference.
 */
const folder = resolve('test/traces');
const update = process.env.UPDATE_TRACES === '1';
mkdirSync(folder, { recursive: true });

const limits = { steps: 100_000, virtualTime: 1000, wallTime: 30 };
// The newest first: it writes the golden, the older ones only what they do differently.
const engines = [
  { label: 'embedded', engine: 'embedded', minor: 14 },
  ...[...interpreters]
    .reverse()
    .map(({ command, version }) => ({ label: version, engine: command, minor: Number(version.split('.')[1]) })),
];

afterAll(() => disposeEngines());

describe.each(engines)('on the virtual clock: $label', ({ label, engine, minor }) => {
  for (const program of programs) {
    if (program.since > minor) {
      console.log(`skipped: ${program.name} on ${label}: needs Python 3.${program.since}`);
      continue;
    }
    if (program.threads && label === 'embedded') {
      console.log(`skipped: ${program.name} on the embedded Python: it has no threads`);
      continue;
    }
    test(program.name, async () => {
      const first = await runs(program.file, { engine, clock: 'virtual', limits });
      expect(violations(first.timeline)).toEqual([]);
      expect(first.timeline.errors.filter((error) => error.kind === 'tracer')).toEqual([]);
      const text = notation(first.timeline);
      const golden = goldenFor(program.name, minor, text);
      expect(text).toBe(golden);
      if (!text.includes('measured') && !program.threads) {
        const second = await runs(program.file, { engine, clock: 'virtual', limits });
        // On a slow machine a step may take long enough to count: what it computed is measured, and never twice the same.
        if (notation(second.timeline).includes('measured')) return;
        expect(Buffer.compare(first.trace, second.trace), 'the same program gives the same trace, byte for byte').toBe(
          0,
        );
      }
    });
  }
});

function goldenFor(name: string, minor: number, text: string): string {
  const older = readdirSync(folder)
    .map((file) => new RegExp(`^${name}\\.until-3\\.(\\d+)\\.txt$`).exec(file)?.[1])
    .filter((until) => until !== undefined)
    .map(Number)
    .filter((until) => until >= minor)
    .sort((a, b) => a - b);
  const file = join(folder, older.length > 0 ? `${name}.until-3.${older[0]}.txt` : `${name}.txt`);
  if (update && existsSync(file) && readFileSync(file, 'utf8') !== text && minor < 14) {
    writeFileSync(join(folder, `${name}.until-3.${minor}.txt`), text);
    return text;
  }
  if (update) writeFileSync(file, text);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
