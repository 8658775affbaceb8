import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { buildTimeline } from '../../../src/core/timeline/build';
import { NOBODY } from '../../../src/core/timeline/model';
import { decodeTrace } from '../../../src/core/trace/read';
import { inPieces } from '../../../src/core/trace/source';
import { TraceError } from '../../../src/core/trace/trace-error';
import { FileSource } from '../../../src/engines/record/file-source';
import { traceOf } from '../../bench/reader';

const trace = traceOf(3000, 300);

test('a trace in pieces of any length is the same trace', () => {
  const whole = decodeTrace(trace);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 40 }), (lengths) => {
      const parts: Uint8Array[] = [];
      let at = 0;
      for (const length of lengths) {
        parts.push(trace.slice(at, at + length));
        at += length;
      }
      parts.push(trace.slice(at));
      expect(decodeTrace(inPieces(parts))).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

/** A file of these bytes, opened to be read. */
function file(bytes: Uint8Array): { path: string; fd: number } {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-source-'));
  const path = join(folder, 'a.coroscope');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  onTestFinished(() => {
    closeSync(fd);
    rmSync(folder, { recursive: true });
  });
  return { path, fd };
}

test('a file that is read a part at a time is the same trace, also where chunks lie across the parts', () => {
  // More than one part of it: 2.4 MB.
  const long = traceOf(50_000, 500);
  const { fd } = file(long);
  expect(decodeTrace(new FileSource(fd, long.length))).toEqual(decodeTrace(long));
});

test('a file that becomes shorter while it is read is told as that', () => {
  const { path, fd } = file(trace);
  const source = new FileSource(fd, trace.length);
  truncateSync(path, 1000);
  expect(() => decodeTrace(source)).toThrow(new TraceError('The file became shorter while it was read.'));
});

test('between the segments of two tasks nobody is ready, running or suspended', () => {
  const { segments, tasks } = buildTimeline(decodeTrace(trace));
  const owned = new Set(tasks.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i)));
  for (let row = 0; row < segments.count; row++) expect(segments.state[row] !== NOBODY).toBe(owned.has(row));
  for (const { first, count } of tasks)
    for (let row = first + 1; row < first + count; row++) {
      expect(segments.start[row]).toBe(segments.end[row - 1]);
      expect(segments.startStep[row]).toBe(segments.endStep[row - 1]);
    }
});
