import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildTimeline, readTimeline } from '../../../src/core/timeline/build';
import type { Task } from '../../../src/core/timeline/model';
import { decodeTrace, MAJOR_VERSION } from '../../../src/core/trace/read';
import { traceOf } from '../../bench/reader';

// Steps that are read once are freed while segments are written: what a later pass reads has to be there still.

const KEPT = join(import.meta.dirname, '..', 'trace', 'kept');

const traces = readdirSync(KEPT)
  .filter((name) => name.endsWith('.coroscope'))
  .map((name): [string, Uint8Array] => [name, readFileSync(join(KEPT, name))])
  .filter(([, bytes]) => bytes[8] === MAJOR_VERSION);

test.each<[string, Uint8Array]>([...traces, ['many short tasks', traceOf(400, 100)]])(
  'the timeline of %s is the same when its trace is freed behind it',
  (_name, bytes) => {
    const [kept, freed] = [buildTimeline(decodeTrace(bytes)), readTimeline(bytes)];
    const { tasks, ...rest } = freed;
    const { tasks: expected, ...others } = kept;
    expect(rest).toEqual(others);
    expect(tasks.map(plain)).toEqual(expected.map(plain));
  },
);

/** Tasks are rows of a table, whose properties are getters. */
function plain({ id, name, created, ended, first, count, outcome, parent, site, args }: Task) {
  return { id, name, created, ended, first, count, outcome, parent, site, args };
}
