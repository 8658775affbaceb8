import { expect, test } from 'vitest';
import { inMemory } from '../../../src/core/trace/source';
import { TraceStream } from '../../../src/editor/timeline/trace-stream';

const bytes = (...numbers: number[]) => new Uint8Array(numbers);

function sender() {
  const sent: number[][] = [];
  const ends: unknown[] = [];
  const stream = new TraceStream(
    (piece) => sent.push([...piece]),
    (error) => ends.push(error),
  );
  return { sent, ends, stream };
}

test('the first piece goes at once, what comes while it is on its way goes as one', () => {
  const { sent, stream } = sender();
  stream.add(bytes(1));
  stream.add(bytes(2, 3));
  stream.add(bytes(4));
  expect(sent).toEqual([[1]]);
  stream.received();
  expect(sent).toEqual([[1], [2, 3, 4]]);
  stream.received();
  stream.add(bytes(5));
  expect(sent).toEqual([[1], [2, 3, 4], [5]]);
});

test('of a run that is over nothing more is sent, and the next one begins at once', () => {
  const { sent, stream } = sender();
  stream.add(bytes(1));
  stream.add(bytes(2));
  stream.clear();
  stream.received();
  expect(sent).toEqual([[1]]);
  stream.add(bytes(3));
  expect(sent).toEqual([[1], [3]]);
});

test('at the end of a run only what is new is sent', async () => {
  const { sent, ends, stream } = sender();
  stream.add(bytes(1, 2));
  stream.add(bytes(3));
  stream.received();
  stream.add(bytes(4));
  expect(stream.finish(inMemory(bytes(1, 2, 3, 4, 5)))).toBe(3);
  expect(stream.finishing).toBe(true);
  stream.received();
  await Promise.resolve();
  expect(sent).toEqual([[1, 2], [3], [4, 5]]);
  expect([stream.finishing, ends]).toEqual([false, [undefined]]);
});

test.each([
  ['ends otherwise than it was told', bytes(1, 2, 9, 9, 9)],
  ['is shorter than what was told', bytes(1, 2)],
])('a trace that %s is sent as a whole', async (_, whole) => {
  const { sent, stream } = sender();
  stream.add(bytes(1, 2, 3));
  expect(stream.finish(inMemory(whole))).toBe(0);
  await Promise.resolve();
  expect(sent).toEqual([[1, 2, 3], [...whole]]);
});

test('a run that gives the same trace as the one before is sent as a whole again', async () => {
  const { sent, stream } = sender();
  const whole = inMemory(bytes(1, 2, 3));
  for (const _ of [1, 2]) {
    expect(stream.finish(whole)).toBe(0);
    await Promise.resolve();
    stream.received();
  }
  expect(sent).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

test('a large trace is sent in pieces of a few megabytes, and read no sooner than it is sent', async () => {
  const length = 5_000_000;
  const asked: number[] = [];
  const sent: number[] = [];
  const stream = new TraceStream((piece) => sent.push(piece.length));
  const source = (at: number, count: number) => {
    if (count > 0) asked.push(at);
    return new Uint8Array(count);
  };
  expect(stream.finish({ length, bytes: source })).toBe(0);
  await Promise.resolve();
  expect([asked.length, sent.length]).toEqual([1, 1]);
  while (stream.finishing) stream.received();
  expect(sent.reduce((sum, each) => sum + each)).toBe(length);
  expect(Math.max(...sent)).toBeLessThan(2_200_000);
});

test('a file that can no longer be read ends the stream, and says why', async () => {
  const { sent, ends, stream } = sender();
  const gone = new Error('became shorter');
  const fail = (_: number, count: number) => {
    if (count > 0) throw gone;
    return new Uint8Array(0);
  };
  stream.finish({ length: 9, bytes: fail });
  await Promise.resolve();
  expect([sent, ends, stream.finishing]).toEqual([[], [gone], false]);
});
