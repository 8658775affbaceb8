import { describe, expect, test } from 'vitest';
import { joined } from '../../../src/core/joined';
import { readTimeline } from '../../../src/core/timeline/build';
import { EventKind } from '../../../src/core/trace/events';
import { TraceStory } from '../encode';

/** Records of other processes within a trace, whatever they say. Real ones: `test/engines/children.test.ts`. */

function one(name: string): Uint8Array {
  const story = new TraceStory('/project/demo.py', 'real');
  const task = story.task(name, 'main', 0);
  return story.step(task, { start: 0, end: 1 }).done(task, 1).bytes();
}

function chunk(tag: string, payload: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length);
  bytes.set(new TextEncoder().encode(tag));
  new DataView(bytes.buffer).setUint32(4, payload.length, true);
  bytes.set(payload, 8);
  return bytes;
}

function definitions(...rows: readonly unknown[][]): Uint8Array {
  const text = new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const payload = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  payload.set(text);
  return chunk('DEFS', payload);
}

/** An event of no loop. */
function event(kind: number, a: number, b = 0, c = 0, d = 0): Uint8Array {
  const payload = new Uint8Array(48);
  const view = new DataView(payload.buffer);
  view.setUint32(0, 1, true);
  for (const [i, value] of [kind, 0, a, b, c, d].entries()) view.setUint32(24 + 4 * i, value, true);
  return chunk('EVNT', payload);
}

const names = (bytes: Uint8Array) => readTimeline(bytes).tasks.map(({ name }) => name);

describe('a trace with the record of a child', () => {
  test('has the tasks of both', () => {
    const whole = joined([one('own'), chunk('CHLD', one('child')), chunk('CHLD', one('other')), chunk('MARK')]);
    expect(names(whole)).toEqual(['own', 'child', 'other']);
    expect(readTimeline(whole).processes.map(({ loops }) => loops)).toEqual([[1], [2], [3]]);
  });

  test('that is damaged, no trace, empty or without a description has the others', () => {
    const child = one('child');
    for (const bad of [new Uint8Array(64).fill(0x7b), child.subarray(0, 16), new Uint8Array(), chunk('META')])
      expect(names(joined([one('own'), chunk('CHLD', bad), chunk('CHLD', child)]))).toEqual(['own', 'child']);
  });

  test('that is cut off has what stands before it', () => {
    const whole = joined([one('own'), chunk('CHLD', one('child'))]);
    expect(names(whole.subarray(0, whole.length - 24))).toEqual(['own']);
  });

  test('in which another stands has no grandchild', () => {
    const nested = joined([one('child'), chunk('CHLD', one('grandchild'))]);
    expect(names(joined([one('own'), chunk('CHLD', nested)]))).toEqual(['own', 'child']);
  });

  test('whose numbers have no room behind those that are there is left out', () => {
    const last = 2 ** 32 - 2;
    const far = [definitions(['str', last, 'far'], ['wait', last, 'sleep', 'far', {}], ['job', last, 'thread', 'far'])];
    const rows = [event(EventKind.span, last, last, last, last), event(EventKind.task, last, last, last, last)];
    rows.push(event(EventKind.job, last, last), event(EventKind.error, last, last, last, 1));
    const child = joined([one('child'), ...far, ...rows]);
    const whole = joined([one('own'), ...far, chunk('CHLD', child), chunk('CHLD', child)]);
    expect(names(whole)).toEqual(['own']);
    expect(names(joined([one('own'), chunk('CHLD', child), chunk('CHLD', one('child'))]))).toEqual(['own', 'child']);
  });
});
