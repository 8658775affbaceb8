import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { axisKinds, axisOf } from '../../src/core/axis/axis';
import { whole } from '../../src/core/axis/projection';
import { buildLanes, type Lanes } from '../../src/core/lanes/lanes';
import { layout } from '../../src/core/layout/layout';
import { LiveRun } from '../../src/core/live/run';
import { rowsOf } from '../../src/core/rows/rows';
import { translator } from '../../src/core/translate';
import { LabelFitter } from '../../src/core/words/labels';
import { disposeEngines } from '../../src/engines/run';
import { runs } from './here';

/** The live picture of a run must match the picture of its record; at the end of the run, to the pixel. */

const words = translator(undefined);
const labels = new LabelFitter((text) => text.length * 7);
const heights = { loop: 34, task: 28, group: 56, section: 24, side: 26, coroutines: 20, output: 26 };

function picture(lanes: Lanes): unknown[] {
  const nested = lanes.branches.flatMap(({ levels }, task) => (levels.length > 1 ? [task] : []));
  const none = new Set<never>();
  const rows = rowsOf(lanes, {
    collapsed: none,
    opened: new Set(nested),
    library: true,
    grouped: false,
    openGroups: none,
    folded: none,
    heights,
  } as unknown as Parameters<typeof rowsOf>[1]);
  return axisKinds.flatMap((kind) =>
    [1000, 20_000].map((width) => {
      const projection = whole(axisOf(lanes, kind), width, 20);
      const options = { rows, projection, width: 1000, height: 10_000, scrollTop: 0, labels, words };
      const { boxes, marks, rows: placed, labels: written, end } = layout(lanes, options);
      return {
        kind,
        rows: placed.map(({ row, y, first, end }) => ({
          what: row.kind,
          y,
          boxes: Array.from({ length: end - first }, (_, i) =>
            [boxes.x, boxes.width, boxes.kind, boxes.color, boxes.merged].map((column) => column[first + i]),
          ),
        })),
        // Row numbers change while rows are added: compare the subjects of marks by their moments.
        marks: marks.map(({ about, ...mark }) =>
          about?.kind === 'segment'
            ? { ...mark, at: lanes.timeline.segments.startStep[about.segment] }
            : { ...mark, about },
        ),
        labels: written,
        end,
      };
    }),
  );
}

/** Byte by byte, or all at once. */
function live(trace: Uint8Array, piece: number): LiveRun {
  const run = new LiveRun();
  for (let at = 0; at < trace.length; at += piece) {
    run.push(trace.subarray(at, at + piece));
    while (run.step()) if (piece < trace.length) expect(run.lanes.timeline.segments.count).toBeGreaterThanOrEqual(0);
  }
  run.derive();
  return run;
}

/** Loops in several threads are put in order when the whole is known. */
const LATER = ['loops_in_threads.py'];
const programs = readdirSync('test/programs').filter((name) => name.endsWith('.py') && !LATER.includes(name));

afterAll(() => disposeEngines());

describe('live', () => {
  test.each(programs)('%s', async (name) => {
    const outcome = await runs(resolve('test/programs', name), { engine: 'embedded' }).catch(() => undefined);
    // Some need threads or processes, which the embedded Python does not have.
    if (!outcome || outcome.timeline.loops.length === 0) return;
    const file = buildLanes(outcome.timeline);
    const cut = file.horizon.time > outcome.timeline.duration || file.horizon.steps > outcome.timeline.steps;
    for (const piece of [outcome.trace.length, 997]) {
      const run = live(outcome.trace, piece);
      expect(run.lanes.timeline.tasks.map(({ name }) => name)).toEqual(outcome.timeline.tasks.map(({ name }) => name));
      // Open segments are drawn up to now during the run, and beyond the end after it.
      if (cut) run.lanes.horizon = file.horizon;
      run.derive();
      expect(picture(run.lanes)).toEqual(picture(file));
    }
  });
});
