import { expect, test } from 'vitest';
import { axisOf } from '../../../src/core/axis/axis';
import { whole } from '../../../src/core/axis/projection';
import { joined } from '../../../src/core/joined';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { LiveOverview } from '../../../src/core/overview/live-overview';
import { overviewOf } from '../../../src/core/overview/overview';
import { readTimeline } from '../../../src/core/timeline/build';
import { blocking, crowd } from '../../webview/browser/scenes';
import { streamOf } from '../../webview/browser/streams';

/** What grows, against what is made of the whole: the same but for the rounding of bins. */

const scenes = {
  crowd: crowd(30, 100),
  blocking: blocking(),
  stream: joined([...streamOf({ tasks: 7, steps: 40, batches: 30, timers: 5 })]),
};

test.each(Object.entries(scenes))('%s: an overview that grows covers what the whole does', (_, bytes) => {
  const lanes = buildLanes(readTimeline(bytes));
  const growing = new LiveOverview();
  // Those that might still be put in another order are taken in too here: everything is there.
  const all = { ...lanes, loop: { ...lanes.loop, count: lanes.loop.count + 64 } };
  for (let calls = 0; !growing.extend(all, 17); calls++) expect(calls).toBeLessThan(1e4);
  for (const kind of ['time', 'steps'] as const) {
    const width = 400;
    const projection = whole(axisOf(lanes, kind), width, 18);
    const grown = growing.columns(projection, width, lanes.loops.length);
    const exact = overviewOf(lanes, projection, width);
    // A bin lies in one column or in two, so that sums over a few columns are off by the share of a bin at their ends.
    for (const name of ['busy', 'waiting'] as const) {
      const most = Math.max(...exact[name], ...grown[name]);
      let [a, b] = [0, 0];
      for (let x = 0; x < width; x++) {
        a += grown[name][x];
        b += exact[name][x];
        expect(Math.abs(a - b)).toBeLessThanOrEqual(0.25 * most + 1e-3 * b);
      }
    }
    for (let x = 1; x < width - 1; x++)
      if (exact.ran[x]) expect(grown.ran[x - 1] + grown.ran[x] + grown.ran[x + 1]).toBeGreaterThan(0);
  }
});
