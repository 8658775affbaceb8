import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameReader, frameHead, Kind, messageFrame } from '../../src/engines/embedded/frames';
import { childMessage } from '../../src/engines/embedded/protocol';

const bytes = (text: string) => new TextEncoder().encode(text);

test('frames are the same in whatever pieces they arrive', () => {
  const frame = fc.record({
    kind: fc.constantFrom(...Object.values(Kind)),
    payload: fc.uint8Array({ maxLength: 300 }),
  });
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 12 }),
      fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1 }),
      (sent, cuts) => {
        const stream = Buffer.concat(sent.flatMap(({ kind, payload }) => [frameHead(kind, payload.length), payload]));
        const reader = new FrameReader();
        const received = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = cuts[i % cuts.length];
          received.push(...reader.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(received.map(({ kind, payload }) => [kind, [...payload]])).toEqual(
          sent.map(({ kind, payload }) => [kind, [...payload]]),
        );
      },
    ),
  );
});

test('a message comes as it was sent', () => {
  const message = { type: 'done', exit: 3, heap: 5 };
  const [{ kind, payload }] = new FrameReader().push(messageFrame(message));
  expect(kind).toBe(Kind.message);
  expect(childMessage(payload)).toEqual(message);
});

test('what is no frame is refused before it takes memory', () => {
  expect(() => new FrameReader().push(bytes('ÿÿÿÿÿÿÿÿ'))).toThrow(RangeError);
});

test.each([
  '',
  '3',
  'null',
  '{"type":"done"}',
  '{"type":"done","exit":"0","heap":1}',
  '{"type":"exited","exit":0.5}',
  '{"type":"ready"}',
  '{"type":"failed","message":{}}',
  '{"type":"run","source":"x"}',
])('%j is no message', (text) => {
  expect(childMessage(bytes(text))).toBe(undefined);
});

test('what is more than is asked for does not get in', () => {
  expect(childMessage(bytes('{"type":"began","exit":1,"__proto__":{}}'))).toEqual({ type: 'began' });
});
