import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { interpreters } from '../engines/here';
import { expectAlike, hurried, run } from './alike';

/** The tracer's own functions made to fail: the program does not notice, and the trace says where recording stopped. */
const program = resolve('test/python/conditions/everything.py');
const folder = mkdtempSync(join(tmpdir(), 'coroscope-failing-'));

/** The functions that fail, by module and name, and from which call on. */
const faults: readonly (readonly [string, number])[] = [
  ['loops.hot:finish', 1],
  ['loops.hot:waits_for', 3],
  ['records.tasks:bind', 1],
  ['loops.instrument:Instrument.adopt', 4],
  ['records.recorder:Recorder.open_loop', 2],
  ['loops.instrument:Instrument.group_of', 2],
  ['source.places:Places.below', 5],
  ['source.places:Places.caller', 2],
  ['source.places:Places.resolve_new', 2],
  ['records.definitions:Definitions.text', 9],
  ['records.loop_record:LoopRecord.event', 6],
  ['records.recorder:Recorder._write_out', 3],
  ['records.wire:rows_chunk', 2],
  ['watch.output:running', 3],
];

// One version without `sys.monitoring` and one with it: the others fail in the same way.
const some =
  interpreters.length < 3 ? interpreters : interpreters.filter(({ version }) => /^3\.(9|12|14)\./.test(version));

describe.each(some)('a tracer that fails: $version', ({ command, version }) => {
  for (const clock of ['real', 'virtual']) {
    for (const [place, call] of faults) {
      test.concurrent(`${place} from call ${call} on, ${clock} clock`, async () => {
        const trace = join(folder, `${place.replaceAll(/\W/g, '-')}-${clock}-${version}.coroscope`);
        const options = ['run', '--clock', clock, '--trace', trace, program];
        const script = resolve('test/python/fault.py');
        await expectAlike(
          () => run(command, [program], { env: hurried }),
          () =>
            run(command, [script, place, String(call), resolve('src/python'), ...options], {
              env: clock === 'real' ? hurried : {},
            }),
        );
        const { truncated, errors, exit } = readTimeline(readFileSync(trace));
        // If writing itself fails, nothing more can be written.
        if (place === 'records.wire:rows_chunk') return;
        expect(truncated?.reason).toBe('tracer');
        expect(truncated?.message).toContain(`injected into ${place}`);
        expect(errors.some(({ kind, traceback }) => kind === 'tracer' && traceback.includes('injected'))).toBe(true);
        expect(exit).toBe(0);
      });
    }
  }
});
