import { expect, test } from 'vitest';
import { Entries } from '../../../src/core/live/batch-entries';
import { LiveLoop } from '../../../src/core/live/loop';
import { LiveSegments, Region } from '../../../src/core/live/segments';
import { LoopKind } from '../../../src/core/timeline/loop-entries';
import { State, type Timeline } from '../../../src/core/timeline/model';

test('a callback stays itself when the first task goes to another place before its steps are entered', () => {
  const segments: LiveSegments = new LiveSegments((from, count, to) => loop.moved(from, count, to));
  const callback = { loop: 1, start: 0, end: 0, startStep: 0, endStep: 1 };
  const timeline = () => ({ segments: segments.table, tasks: [{ loop: 1 }], callbacks: [callback], idle: [] });
  const loop = new LiveLoop(timeline as unknown as () => Timeline, segments);
  const entries = new Entries();
  entries.add(LoopKind.callback, 0, 0, 0, 1);
  loop.append(entries);
  const [first, other] = [new Region(segments), new Region(segments)];
  other.add(1, State.ready, 0, 1, 0, 0, 0, 0, 1, 2);
  const begins = first.first;
  for (let at = 0; first.first === begins; at++) first.add(0, State.running, at, at + 1, 0, 0, 0, 0, at, at + 1);
  expect([begins, loop.index.kind[0], loop.index.ref[0]]).toEqual([0, LoopKind.callback, 0]);
});
