import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import korean from '../../../l10n/bundle.l10n.ko.json';
import { readTimeline } from '../../../src/core/timeline/build';
import { decodeTrace, HEADER_BYTES, MAJOR_VERSION } from '../../../src/core/trace/read';
import { TraceError } from '../../../src/core/trace/trace-error';
import { translator } from '../../../src/core/translate';
import { TraceStory } from '../encode';
import { violations } from '../truths';

function sample(): Uint8Array {
  const story = new TraceStory();
  const main = story.task('main', 'main', 0);
  story.step(main, {
    start: 0,
    cause: 'created',
    stands: ['main:3:4', '~sleep:600:8'],
    wait: ['sleep', 'sleep 1 s', { delay: 1 }],
  });
  const child = story.task('child', 'child', 0, main, 4);
  story.step(child, { start: 0, cause: 'created', by: main, stands: ['child:7:4'], wait: ['future', 'future'] });
  story.step(main, { start: 1, end: 1.5, stands: ['main:5:4'], wait: ['task', 'child', { task: child }] });
  story.step(child, { start: 1.5, cause: 'task', by: main, ready: 1.2 });
  story.step(main, { start: 1.5, cause: 'task', by: child });
  return story.done(child, 1.5).done(main, 1.5).bytes();
}

describe('a good trace', () => {
  test('holds its truths', () => {
    expect(violations(readTimeline(sample()))).toEqual([]);
  });

  test('is read from any place in a larger buffer', () => {
    const bytes = sample();
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    expect(decodeTrace(moved.subarray(3))).toEqual(decodeTrace(bytes));
  });
});

describe('a bad trace', () => {
  test.each([
    ['nothing', new Uint8Array(), 'This is not a Coroscope trace.'],
    ['something else', new TextEncoder().encode('{"traceEvents": []} and so on'), 'This is not a Coroscope trace.'],
    ['only a header', sample().slice(0, HEADER_BYTES), 'no description of its run'],
  ])('%s is told in one sentence', (_, bytes, message) => {
    expect(() => readTimeline(bytes)).toThrow(TraceError);
    expect(() => readTimeline(bytes)).toThrow(message);
    const told = failure(() => readTimeline(bytes)).told(translator(korean));
    expect(told).toMatch(/트레이스/);
    expect(told).not.toMatch(/\{\d\}/);
  });

  test('of a newer format says what to do', () => {
    const bytes = sample();
    bytes[8] = MAJOR_VERSION + 1;
    expect(() => readTimeline(bytes)).toThrow('Update Coroscope');
  });

  test('of an older format says what to do', () => {
    const bytes = sample();
    bytes[8] = MAJOR_VERSION - 1;
    expect(() => readTimeline(bytes)).toThrow('Record the program again');
  });

  test('with a chunk too short for its own count is refused', () => {
    const empty = [...new TextEncoder().encode('STEP'), 0, 0, 0, 0];
    expect(() => readTimeline(new Uint8Array([...sample(), ...empty]))).toThrow('The trace is damaged at byte');
  });

  test('cut off anywhere after its description opens, and says that it is cut off', () => {
    const whole = sample();
    const first = firstReadable(whole);
    for (let length = first; length < whole.length; length++) {
      expect(readTimeline(whole.slice(0, length)).truncated?.reason).toBe('killed');
    }
  });

  test('with any bytes changed opens or is refused, and never hangs or fails otherwise', () => {
    const whole = sample();
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          readTimeline(bytes);
        } catch (error) {
          if (!(error instanceof TraceError)) throw error;
        }
      }),
      { numRuns: 20_000 },
    );
  });
});

function firstReadable(bytes: Uint8Array): number {
  for (let length = HEADER_BYTES; ; length++) {
    try {
      readTimeline(bytes.slice(0, length));
      return length;
    } catch {}
  }
}

function failure(work: () => unknown): TraceError {
  try {
    work();
  } catch (error) {
    if (error instanceof TraceError) return error;
  }
  throw new Error('no TraceError');
}
