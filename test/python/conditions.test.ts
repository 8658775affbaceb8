import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { violations } from '../core/truths';
import { interpreters } from '../engines/here';
import { expectAlike, run } from './alike';

/** Programs that look at what a tracer could disturb, and ways to start Python: bare and traced they say the same, and end the same. */
const tracer = resolve('src/python/coroscope');
const programs = resolve('test/python/conditions');
const folder = mkdtempSync(join(tmpdir(), 'coroscope-conditions-'));

interface Condition {
  readonly program: string;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Smallest minor version of Python 3. */
  readonly since?: number;
}

const conditions: readonly Condition[] = [
  { program: 'interrupt' },
  { program: 'exits' },
  { program: 'own_parts' },
  { program: 'own_parts', flags: ['-O'] },
  { program: 'own_parts', flags: ['-OO'] },
  { program: 'own_parts', flags: ['-S'] },
  { program: 'own_parts', flags: ['-I'] },
  { program: 'own_parts', flags: ['-E'] },
  { program: 'debugger' },
  { program: 'monitoring', since: 12 },
  { program: 'warned' },
  { program: 'warned', flags: ['-X', 'dev'] },
  { program: 'warned', flags: ['-W', 'error'] },
  { program: 'warned', flags: ['-W', 'error::RuntimeWarning'] },
  { program: 'warned', env: { PYTHONASYNCIODEBUG: '1' } },
  { program: 'lifetimes' },
  { program: 'factories' },
  { program: 'factories', flags: ['-X', 'dev'] },
  ...(process.platform === 'win32' ? [] : [{ program: 'children' }, { program: 'closes' }]),
];

describe.each(interpreters)('bare and traced: $version', ({ command, version }) => {
  for (const { program, flags = [], env = {}, since = 9 } of conditions) {
    if (since > Number(version.split('.')[1])) continue;
    const name = [program, ...flags, ...Object.keys(env)].join(' ');
    test.concurrent(name, async () => {
      const file = join(programs, `${program}.py`);
      const trace = join(folder, `${name.replaceAll(/\W/g, '-')}-${version}.coroscope`);
      const options = ['run', '--clock', 'real', '--trace', trace];
      await expectAlike(
        () => run(command, [...flags, file], { env, plain }),
        () => run(command, [...flags, tracer, ...options, file], { env, plain }),
      );
      const timeline = readTimeline(readFileSync(trace));
      expect(timeline.errors.filter(({ kind }) => kind === 'tracer')).toEqual([]);
      expect(violations(timeline)).toEqual([]);
    });
  }
});

/** Without what differs from run to run of the same program: in debug mode asyncio tells of steps that a busy machine made slow. */
function plain(text: string): string {
  return text
    .replaceAll(/^Executing <.* took [\d.]+ seconds\n/gm, '')
    .replaceAll(/0x[0-9a-f]+/g, '0x…')
    .replaceAll(/\bfd=\d+|when=[\d.]+/g, '…');
}
