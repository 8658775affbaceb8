import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AxisKind, axisKinds, axisOf } from '../../../src/core/axis/axis';
import { AxisColumnSearch } from '../../../src/core/axis/column-search';
import { AxisBlend, AxisProjection, type Projection } from '../../../src/core/axis/projection';
import { buildLanes, type Lanes } from '../../../src/core/lanes/lanes';
import { Boxes } from '../../../src/core/layout/boxes';
import { fillTask } from '../../../src/core/layout/segments';
import { readTimeline } from '../../../src/core/timeline/build';
import { State } from '../../../src/core/timeline/model';
import { TraceStory } from '../encode';

/** What is passed over in a dense lane, against a walk through all of its segments. */

const WIDTH = 300;

/** Two tasks that take turns: one as long as told, the other in between. */
function lanesOf(turns: readonly (readonly [run: number, wait: number])[]): Lanes {
  const story = new TraceStory('/project/demo.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  const other = story.task('Task-2', 'other', 0, main);
  let now = 0;
  turns.forEach(([run, wait], i) => {
    const rest = { stands: ['main:2:4'], wait: ['yield', 'sleep(0)'], cause: i === 0 ? 'created' : 'task' } as const;
    story.step(main, { ready: now, start: now + wait / 2, end: now + wait / 2 + run, ...rest });
    story.step(other, { ready: now, start: now + wait / 2 + run, end: now + wait + run, ...rest });
    now += run + 2 * wait;
  });
  return buildLanes(readTimeline(story.bytes()));
}

interface Box {
  x: number;
  end: number;
  ref: number;
  merged: number;
}

const TELLING = { [State.suspended]: 0, [State.ready]: 1, [State.running]: 2 };

/** Nearer than this to where a pixel or the stage ends, rounding decides on which side a box lies: either is right. */
const ROUNDING = 1e-6;

/** @returns undefined if rounding decides about one of the boxes. */
function everyOne({ timeline, horizon }: Lanes, task: number, projection: Projection): Box[] | undefined {
  const { segments, tasks } = timeline;
  const { first, count } = tasks[task];
  const found: Box[] = [];
  let shared: Box | undefined;
  for (let row = first; row < first + count; row++) {
    const open = (segments.flags[row] & 4) !== 0;
    const x = projection.at(segments.start[row], segments.startStep[row]);
    const end = open
      ? projection.at(horizon.time, horizon.steps)
      : projection.at(segments.end[row], segments.endStep[row]);
    const edges = [x - (WIDTH + 4), end + 4, end - x - 2, shared ? x - (shared.x + 2) : 1];
    if (edges.some((distance) => Math.abs(distance) < ROUNDING)) return undefined;
    // A pixel at the edge is collected whole, also what lies in it beyond the edge.
    const inPixel = shared !== undefined && x < shared.x + 2;
    if (end < -4 || (x > WIDTH + 4 && !inPixel)) continue;
    const box = { x, end, ref: row, merged: 1 };
    if (end - x < 2 && shared && inPixel) {
      shared.merged++;
      shared.end = end;
      const telling = (ref: number) => TELLING[segments.state[ref] as 0 | 1 | 2];
      if (telling(row) > telling(shared.ref)) shared.ref = row;
      continue;
    }
    // Up to what begins in the same pixel and reaches beyond it.
    found.push(box);
    shared = end - x < 2 ? box : undefined;
  }
  const nothing = ({ ref, x, end, merged }: Box) =>
    merged === 1 && end <= x && segments.state[ref] !== State.running && end - x < 2;
  return found.filter((box) => !nothing(box));
}

const length = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-6, max: 1e-4, noNaN: true }),
  fc.double({ min: 0.01, max: 1, noNaN: true }),
);
const turns = fc.array(fc.tuple(length, length), { minLength: 1, maxLength: 120 });
const zoom = fc.record({
  kind: fc.constantFrom(...axisKinds),
  scale: fc.double({ min: 0.3, max: 4000, noNaN: true }),
  offset: fc.double({ min: -3000, max: 200, noNaN: true }),
});
const projectionOf = (lanes: Lanes, kind: AxisKind, scale: number, offset: number) => {
  const axis = axisOf(lanes, kind);
  return new AxisProjection(axis, (scale * WIDTH) / (axis.length || 1) / 10, offset);
};

test('a dense lane has the boxes that a walk through all of its segments makes, each counted, the most telling seen', () => {
  fc.assert(
    fc.property(turns, zoom, zoom, fc.boolean(), (told, { kind, scale, offset }, other, travels) => {
      const lanes = lanesOf(told);
      const to = projectionOf(lanes, kind, scale, offset);
      const from = projectionOf(lanes, other.kind, other.scale, other.offset);
      const projection = travels ? new AxisBlend(from, to, 0.37) : to;
      for (const task of [0, 1]) {
        const boxes = new Boxes();
        const row = { kind: 'task', task } as Parameters<typeof fillTask>[0];
        fillTask(row, { lanes, projection, width: WIDTH, boxes });
        const drawn = Array.from({ length: boxes.count }, (_, i) => ({ ref: boxes.ref[i], merged: boxes.merged[i] }));
        const all = everyOne(lanes, task, projection);
        if (!all) continue;
        // What goes on when the record ends is laid out wherever it is.
        if (all.length === 0 && drawn.length === 1) continue;
        expect(drawn).toEqual(all.map(({ ref, merged }) => ({ ref, merged })));
        all.forEach(({ x, end, ref }, i) => {
          expect(boxes.kind[i]).toBe(lanes.timeline.segments.state[ref]);
          const left = Math.max(x, -16);
          expect(boxes.x[i]).toBeCloseTo(left, 2);
          const width = Math.min(end, WIDTH + 16) - left;
          expect(boxes.width[i]).toBeGreaterThanOrEqual(width - 1e-2);
          expect(boxes.width[i]).toBeLessThanOrEqual(Math.max(3, width) + 1e-2);
        });
      }
    }),
    { numRuns: 300 },
  );
});

test('what is beyond a pixel is found wherever the last was', () => {
  const sorted = fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 200 }).map((all) => all.sort((a, b) => a - b));
  const asked = fc.array(fc.tuple(fc.integer({ min: -5, max: 505 }), fc.nat(200), fc.nat(200)), { minLength: 1 });
  fc.assert(
    fc.property(sorted, asked, (values, questions) => {
      const sweep = new AxisColumnSearch(values, { kind: 'time', length: 1, squeeze: undefined }, 2, 7);
      for (const [x, a, b] of questions) {
        const from = Math.min(a, values.length);
        const to = Math.max(from, Math.min(b, values.length));
        let expected = from;
        while (expected < to && sweep.at(expected) < x) expected++;
        expect(sweep.beyond(x, from, to)).toBe(expected);
      }
    }),
  );
});
