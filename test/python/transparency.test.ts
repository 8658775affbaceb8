import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { violations } from '../core/truths';
import { interpreters } from '../engines/here';
import { expectAlike, hurried, run } from './alike';
import { programs } from './programs';

/** The traced program behaves as the bare one does: the same output, the same exceptions and tracebacks, the same exit code. Both on the real clock, which for programs of one thread is made to hurry. */
const tracer = resolve('src/python/coroscope');
const folder = mkdtempSync(join(tmpdir(), 'coroscope-'));

describe.each(interpreters)('on the real clock: $version', ({ command, version }) => {
  for (const program of programs) {
    if (program.since > Number(version.split('.')[1])) continue;
    if (program.endless) {
      console.log(`skipped: ${program.name} on ${version}: on the real clock it never ends`);
      continue;
    }
    test.concurrent(program.name, async () => {
      const trace = join(folder, `${program.name}-${version}.coroscope`);
      const options = { env: program.threads ? {} : hurried, plain };
      await expectAlike(
        () => run(command, [program.file], options),
        () => run(command, [tracer, 'run', '--clock', 'real', '--trace', trace, program.file], options),
      );
      const timeline = readTimeline(readFileSync(trace));
      expect(violations(timeline)).toEqual([]);
      expect(timeline.errors.filter((error) => error.kind === 'tracer')).toEqual([]);
    });
  }
});

const plain = (text: string) => text.replaceAll(/0x[0-9a-f]+/g, '0x…');
