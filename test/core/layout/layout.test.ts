import { describe, expect, test } from 'vitest';
import { AxisProjection } from '../../../src/core/axis/projection';
import { BoxKind } from '../../../src/core/lanes/box-kind';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { stepOfWaker, wakeOf } from '../../../src/core/lanes/wakers';
import { hitTest } from '../../../src/core/layout/hit';
import { layout } from '../../../src/core/layout/layout';
import type { Scene, ViewOptions } from '../../../src/core/layout/scene';
import { sitesAt } from '../../../src/core/places/sites-at-line';
import { heightOf } from '../../../src/core/rows/row';
import { rowAt, rowsOf } from '../../../src/core/rows/rows';
import { readTimeline } from '../../../src/core/timeline/build';
import { State } from '../../../src/core/timeline/model';
import { translator } from '../../../src/core/translate';
import { LabelFitter } from '../../../src/core/words/labels';
import * as scenes from '../../webview/browser/scenes';
import { TraceStory } from '../encode';

const heights = {
  loop: 34,
  task: 28,
  coroutines: 20,
  output: 26,
  group: 52,
  section: 24,
  bars: 24,
  chart: 34,
  ghost: 16,
};
const words = translator(undefined);
const labels = new LabelFitter((text) => text.length * 7);

function prepare(bytes: Uint8Array, { opened = [] as number[], collapsed = [] as number[] } = {}) {
  const lanes = buildLanes(readTimeline(bytes));
  const rows = rowsOf(lanes, {
    collapsed: new Set(collapsed),
    opened: new Set(opened),
    library: false,
    grouped: false,
    openGroups: new Set(),
    folded: new Set(),
    heights,
  });
  const scene = (options: Partial<ViewOptions> & Pick<ViewOptions, 'projection'>): Scene =>
    layout(lanes, { rows, width: 1000, height: 600, scrollTop: 0, labels, words, ...options });
  return { lanes, rows, scene };
}

const axis = (kind: 'time' | 'steps') => ({ kind, length: 1e3, squeeze: undefined });
const perSecond = (scale: number, offset = 0) => new AxisProjection(axis('time'), scale, offset);
const perStep = (scale: number, offset = 0) => new AxisProjection(axis('steps'), scale, offset);

/** A task that runs and waits by turns, as long each time as told, in seconds. */
function turnsOf(count: number, run: number, wait: number): Uint8Array {
  const story = new TraceStory('/project/demo.py', 'real');
  const main = story.task('Task-1', 'main', 0);
  for (let i = 0, now = 0; i < count; i++, now += run + wait) {
    const last = i === count - 1;
    const rest = last ? {} : ({ stands: ['main:2:4'], wait: ['sleep', 'sleep'] } as const);
    story.step(main, { ready: now, start: now, end: now + run, cause: i === 0 ? 'created' : 'timer', ...rest });
  }
  return story.bytes();
}

function boxesOf(scene: Scene, kind: string) {
  const place = scene.rows.find(({ row }) => row.kind === kind)!;
  const { boxes } = scene;
  return Array.from({ length: place.end - place.first }, (_, i) => {
    const at = place.first + i;
    return { x: boxes.x[at], width: boxes.width[at], kind: boxes.kind[at], merged: boxes.merged[at] };
  });
}

describe('rows', () => {
  test('stand as a tree below the loop, with the output last', () => {
    const { rows } = prepare(scenes.gather());
    expect(rows.map((row) => [row.kind, row.kind === 'task' ? row.depth : -1])).toEqual([
      ['loop', -1],
      ['task', 0],
      ['task', 1],
      ['task', 1],
      ['output', -1],
    ]);
    expect(rows[1]).toMatchObject({ children: 2, collapsed: false, nests: false, position: 1, siblings: 1 });
    expect(rows[2]).toMatchObject({ nests: true, opened: false, position: 1, siblings: 2 });
  });

  test('open to nested coroutines and fold children away', () => {
    const open = prepare(scenes.gather(), { opened: [1] }).rows;
    expect(open.filter((row) => row.kind === 'coroutines').map((row) => row.spans[0].code.function)).toEqual([
      'fetch',
      'download',
    ]);
    const folded = prepare(scenes.gather(), { collapsed: [0] }).rows;
    expect(folded.map((row) => row.kind)).toEqual(['loop', 'task', 'output']);
  });

  test('are found by their height', () => {
    const { rows } = prepare(scenes.crowd(200, 1));
    for (const row of rows) expect(rowAt(rows, row.top + 1)).toBe(row);
    expect(rowAt(rows, -1)).toBeUndefined();
    expect(rowAt(rows, heightOf(rows))).toBeUndefined();
  });
});

describe('boxes', () => {
  test('show steps that took no time as ticks, and waits as they are', () => {
    const { scene } = prepare(scenes.gather());
    const [first, wait, last] = boxesOf(scene({ projection: perSecond(400) }), 'task');
    expect(first).toMatchObject({ x: 0, width: 3, kind: BoxKind.running });
    expect(wait).toMatchObject({ x: 0, width: 800, kind: BoxKind.suspended });
    expect(last).toMatchObject({ x: 800, width: 3, kind: BoxKind.running });
  });

  test('give every step the same width on the steps axis', () => {
    const { scene } = prepare(scenes.gather());
    const loop = boxesOf(scene({ projection: perStep(50) }), 'loop');
    expect(loop.map(({ width }) => width)).toEqual(Array(11).fill(50));
    expect(loop.map(({ kind }) => kind)).toContain(BoxKind.idle);
  });

  test('never overlap within a lane, and lie within the stage', () => {
    const { scene } = prepare(scenes.crowd(20, 50));
    for (const scale of [10, 1e3, 1e5, 1e7]) {
      const made = scene({ projection: perSecond(scale, -scale * 0.05) });
      for (const { first, end } of made.rows.slice(1)) {
        for (let i = first + 1; i < end; i++) {
          const before = made.boxes.x[i - 1] + made.boxes.width[i - 1];
          // A tick is wider than its step was long.
          if (made.boxes.width[i - 1] > 3) expect(made.boxes.x[i]).toBeGreaterThanOrEqual(Math.fround(before) - 0.01);
          expect(made.boxes.x[i]).toBeGreaterThan(-100);
          expect(made.boxes.x[i]).toBeLessThan(1100);
        }
      }
    }
  });

  test('count every segment in view once, merged or not', () => {
    const { lanes, scene } = prepare(scenes.crowd(3, 4000));
    const task = lanes.timeline.tasks[1];
    const scale = 900 / lanes.timeline.duration;
    const made = scene({ projection: perSecond(scale, 20) });
    const place = made.rows.find(({ row }) => row.kind === 'task' && row.task === 1)!;
    let counted = 0;
    for (let i = place.first; i < place.end; i++) counted += made.boxes.merged[i];
    expect(counted).toBe(task.count);
    expect(place.end - place.first).toBeLessThan(1100);
  });

  test('of the loop never tell one task’s turns as another’s', () => {
    // Long turns of one task, with a single turn of another one deep inside of a pixel.
    const { lanes, scene } = prepare(scenes.interloper(200, 150));
    const { boxes, rows } = scene({ projection: perSecond(1 / lanes.timeline.duration) });
    const kinds = (kind: string) => {
      const { first, end } = rows.find(({ row }) => row.kind === kind)!;
      return Array.from(boxes.kind.subarray(first, end));
    };
    expect(kinds('loop')).toEqual([BoxKind.mixed]);
    expect(kinds('task')).toEqual([BoxKind.running]);
    const alone = prepare(scenes.interloper(200, -1));
    const seen = alone.scene({ projection: perSecond(1 / alone.lanes.timeline.duration) });
    expect(seen.boxes.kind[seen.rows[0].first]).toBe(BoxKind.running);
  });

  test.each([
    { run: 0.01, wait: 0.99, level: 1 },
    { run: 0.5, wait: 0.5, level: 8 },
    { run: 0.8, wait: 0.2, level: 13 },
  ])(
    'of a task in one pixel are shaded by how much of the time it ran: $run s of each second',
    ({ run, wait, level }) => {
      for (const turns of [10, 5000]) {
        const { lanes, scene } = prepare(turnsOf(turns, run, wait));
        const shades = (projection: AxisProjection) => {
          const { boxes, rows } = scene({ projection });
          const { first, end } = rows.find(({ row }) => row.kind === 'task')!;
          return [...boxes.kind.subarray(first, end)].map((kind, i) => [kind, boxes.span[first + i]]);
        };
        expect(shades(perSecond(1 / lanes.timeline.duration))).toEqual([[BoxKind.running, level]]);
        // Steps have no length in time.
        expect(shades(perStep(1e-6))).toEqual([[BoxKind.running, 0]]);
        // A turn that can be told apart is drawn as what it is.
        expect(shades(perSecond(1000)).slice(0, 2)).toEqual([
          [BoxKind.running, 0],
          [BoxKind.suspended, 0],
        ]);
      }
    },
  );

  test('of two short turns between long waits are seen', () => {
    const { boxes, rows } = prepare(turnsOf(2, 1e-6, 1e-4)).scene({ projection: perSecond(1000) });
    const { first } = rows.find(({ row }) => row.kind === 'task')!;
    expect([boxes.kind[first], boxes.merged[first], boxes.span[first]]).toEqual([BoxKind.running, 6, 6]);
  });

  test('of a coroutine say what it awaits, down the chain', () => {
    const { scene } = prepare(scenes.gather(), { opened: [1] });
    const texts = scene({ projection: perSecond(400) }).labels.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['gather of 2', 'fetch → download()', 'download → sleep 1 s']));
  });

  test('of a coroutine that is called ten thousand times are no more than there are pixels, and none is lost', () => {
    const { scene } = prepare(scenes.calls(10_000), { opened: [0] });
    const made = scene({ projection: perStep(1000 / 10_001) });
    const place = made.rows.find(({ row }) => row.kind === 'coroutines' && row.level === 1)!;
    expect(place.end - place.first).toBeLessThanOrEqual(510);
    const close = scene({ projection: perStep(20, -100_000) });
    const near = close.rows.find(({ row }) => row.kind === 'coroutines' && row.level === 1)!;
    expect(near.end - near.first).toBeGreaterThan(45);
  });

  test('of rows that are scrolled away are not made', () => {
    const { rows, scene } = prepare(scenes.crowd(500, 2));
    const made = scene({ projection: perSecond(1000), scrollTop: 280 * 28 });
    expect(made.rows.length).toBeLessThan(30);
    expect(made.rows[0].row.kind).toBe('loop');
    expect(made.rows[0].y).toBe(0);
    expect(rows.length).toBe(502);
  });
});

describe('a record that stops in the middle', () => {
  test('shows what was still open beyond its end', () => {
    const { lanes, scene } = prepare(scenes.cut());
    expect(lanes.horizon.time).toBeGreaterThan(lanes.timeline.duration);
    const made = scene({ projection: perSecond(500) });
    expect(made.end).toBe(500);
    const main = made.rows.find(({ row }) => row.kind === 'task')!;
    const last = main.end - 1;
    expect(made.boxes.kind[last]).toBe(BoxKind.suspended);
    expect(made.boxes.width[last]).toBeGreaterThan(40);
  });

  test('a whole one ends where it ends', () => {
    const { lanes, scene } = prepare(scenes.gather());
    expect(lanes.horizon).toEqual({ time: lanes.timeline.duration, steps: lanes.timeline.steps });
    expect(scene({ projection: perSecond(500) }).end).toBeUndefined();
  });
});

test('the line at the cursor lights the bars of every task that stands there, deeper down or not', () => {
  const { lanes, scene } = prepare(scenes.gather());
  const lit = (line: number) => {
    const sites = sitesAt(lanes.timeline, '/project/demo.py', line);
    return scene({ projection: perSecond(400), ...(sites ? { lit: sites } : {}) }).lit.map(({ row }) => row);
  };
  expect(lit(12)).toEqual([1]);
  expect(lit(6)).toEqual([2, 3]);
  expect(lit(2)).toEqual([2, 3]);
  expect(lit(99)).toEqual([]);
});

describe('labels', () => {
  test('stay inside of their boxes', () => {
    const { scene } = prepare(scenes.crowd(10, 30));
    for (const scale of [5e3, 2e4, 1e5]) {
      const made = scene({ projection: perSecond(scale, -100) });
      for (const { text, x, row } of made.labels) {
        const { first, end } = made.rows[row];
        const inside = Array.from({ length: end - first }, (_, i) => first + i).some(
          (i) => made.boxes.x[i] <= x && x + text.length * 7 <= made.boxes.x[i] + made.boxes.width[i] + 0.01,
        );
        expect(inside, `${text} at ${x}`).toBe(true);
      }
    }
  });

  test('of a box that begins left of the stage are still in sight', () => {
    const { scene } = prepare(scenes.gather());
    const { labels: made } = scene({ projection: perSecond(4000, -2000) });
    expect(made.find(({ text }) => text === 'sleep 1 s')!.x).toBeGreaterThanOrEqual(0);
  });
});

test('a task that had to wait for its turn says for how long', () => {
  const { scene } = prepare(scenes.blocking());
  const texts = (scale: number) => scene({ projection: perSecond(scale) }).labels.map(({ text }) => text);
  expect(texts(250)).toContain('ready, waited 1.5 s');
  expect(texts(60)).toContain('ready');
});

describe('hits', () => {
  test('fall on what is seen, ticks first', () => {
    const { lanes, scene } = prepare(scenes.gather());
    const made = scene({ projection: perSecond(400) });
    const y = made.rows[1].y + 14;
    const at = (x: number) => made.boxes.kind[hitTest(made, x, y)!.box!];
    expect(at(1)).toBe(BoxKind.running);
    expect(at(300)).toBe(BoxKind.suspended);
    expect(hitTest(made, 300, 5000)).toBeUndefined();
    expect(lanes.timeline.segments.state[made.boxes.ref[hitTest(made, 300, y)!.box!]]).toBe(State.suspended);
  });

  test('beside all boxes name the row only', () => {
    const { scene } = prepare(scenes.gather());
    const made = scene({ projection: perSecond(400) });
    expect(hitTest(made, 950, made.rows[1].y + 14)).toMatchObject({ box: undefined });
  });
});

describe('wake-ups', () => {
  test('lead from the waker to the woken', () => {
    const { lanes, scene } = prepare(scenes.gather());
    const main = lanes.timeline.tasks[0];
    const last = main.first + main.count - 1;
    const wake = wakeOf(lanes, last)!;
    expect(wake).toMatchObject({ cause: 'task', by: lanes.timeline.tasks[2].id });
    expect(lanes.timeline.segments.task[stepOfWaker(lanes, wake)!]).toBe(2);
    const { arrow, rows } = scene({ projection: perSecond(400), wake: last });
    expect(arrow).toMatchObject({ x: 800, fromY: rows[3].y + 14, toY: rows[1].y + 14 });
  });

  test('by timers come from the loop', () => {
    const { lanes, scene } = prepare(scenes.gather());
    const task = lanes.timeline.tasks[1];
    const { arrow } = scene({ projection: perSecond(400), wake: task.first + task.count - 1 });
    expect(arrow).toMatchObject({ x: 400, fromY: 17 });
  });
});
