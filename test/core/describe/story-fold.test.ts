import { expect, test } from 'vitest';
import { momentsOf } from '../../../src/core/axis/moments';
import { TurnDeeds } from '../../../src/core/describe/turn-deeds';
import { wokenBy, wokenIn } from '../../../src/core/describe/woken';
import { joined } from '../../../src/core/joined';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { readTimeline } from '../../../src/core/timeline/build';
import { LoopKind } from '../../../src/core/timeline/loop-entries';
import { State } from '../../../src/core/timeline/model';
import { streamOf } from '../../webview/browser/streams';

test('turns do the same if their task, where it goes, what made it ready and whom it wakes are the same', () => {
  const lanes = buildLanes(readTimeline(joined([...streamOf({ tasks: 5, steps: 40, batches: 20, timers: 5 })])));
  const { timeline, loop } = lanes;
  const { segments, tasks } = timeline;
  const { entry, count } = momentsOf(lanes);
  const woken = wokenBy(timeline);
  const deeds = new TurnDeeds(lanes, woken, entry);
  const told = (turn: number) => {
    const row = loop.ref[entry[turn]];
    const wakes = Array.from(wokenIn(woken, turn), (ready) => segments.task[ready]);
    if (loop.kind[entry[turn]] !== LoopKind.step) return JSON.stringify([loop.kind[entry[turn]], wakes]);
    const { first, count } = tasks[segments.task[row]];
    const next = row + 1 < first + count ? [segments.state[row + 1], segments.site[row + 1]] : [];
    const cause = row > first && segments.state[row - 1] === State.ready ? segments.cause[row - 1] : -1;
    return JSON.stringify([segments.task[row], wakes, next, cause]);
  };
  const turns = Array.from({ length: Math.min(count, 400) }, (_, turn) => turn).filter((turn) => entry[turn] >= 0);
  const texts = turns.map(told);
  expect(new Set(texts).size).toBeGreaterThan(5);
  for (const [i, a] of turns.entries())
    for (const [j, b] of turns.entries()) {
      expect(deeds.same(a, b)).toBe(texts[i] === texts[j]);
      if (texts[i] === texts[j]) expect(deeds.hash(a)).toBe(deeds.hash(b));
    }
});
