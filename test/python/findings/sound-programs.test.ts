import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withShapes } from '../../../src/source/shapes/shapes';
import { interpreters, runs } from '../../engines/here';
import { whole } from '../../whole';
import { toldOf } from './told';

/**
 * The programs of `sound/` are right, many of them near misses of what the findings tell. None may get a warning: on no engine and
 * no clock, and on a busy machine. `# from: 11` names the minor version that they need, `# engine: interpreter` says that the embedded
 * Python cannot run them.
 */

const folder = resolve(__dirname, 'sound');
const programs = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .map((name) => {
    const source = readFileSync(resolve(folder, name), 'utf8');
    const from = Number(/^# from: (\d+)$/m.exec(source)?.[1] ?? 9);
    return { name, file: resolve(folder, name), source, from, embedded: !source.includes('# engine: interpreter') };
  });

const engines = [
  ...interpreters.map(({ version, command }) => ({
    name: version,
    minor: Number(version.split('.')[1]),
    engine: command,
  })),
  { name: 'embedded', minor: 14, engine: 'embedded' },
];
/** On the real clock they are only slower; the whole sweep runs them there too, also beside processes that compute. */
const clocks = whole ? (['virtual', 'real', 'real, busy machine'] as const) : (['virtual'] as const);

test('there are at least 60', () => expect(programs.length).toBeGreaterThanOrEqual(60));

for (const { name, minor, engine } of engines)
  for (const clock of clocks) {
    if (engine === 'embedded' && clock !== 'virtual') continue;
    const fit = programs.filter(({ from, embedded }) => minor >= from && (engine !== 'embedded' || embedded));
    describe(`sound programs: ${name}, ${clock} clock`, () => {
      if (clock === 'real, busy machine') besideBusyProcesses();
      test.each(fit)('$name', async ({ file, source }) => {
        const limits = { steps: 100_000, virtualTime: 1000, wallTime: 60 };
        const on = clock === 'virtual' ? clock : 'real';
        const { timeline, stdout, exit } = await runs(file, { engine, clock: on, limits });
        expect(toldOf(withShapes(timeline, () => source))).toEqual([]);
        expect({ exit, printed: stdout !== '' }).toEqual({ exit: 0, printed: true });
      });
    });
  }

function besideBusyProcesses(): void {
  const busy: ChildProcess[] = [];
  beforeAll(() => {
    for (let i = 0; i < 3; i++) busy.push(spawn(process.execPath, ['-e', 'for (;;);']));
  });
  afterAll(() => {
    for (const each of busy) each.kill();
  });
}
