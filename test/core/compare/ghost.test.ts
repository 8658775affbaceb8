import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisKinds, axisOf } from '../../../src/core/axis/axis';
import { whole } from '../../../src/core/axis/projection';
import { type Ghost, ghostOf } from '../../../src/core/compare/ghost';
import { taskCounts, taskDifferences } from '../../../src/core/describe/ghost';
import { buildLanes, type Lanes } from '../../../src/core/lanes/lanes';
import { hitTest } from '../../../src/core/layout/hit';
import { layout } from '../../../src/core/layout/layout';
import type { Scene } from '../../../src/core/layout/scene';
import { heightOf, keyOf, type RowOptions } from '../../../src/core/rows/row';
import { rowsOf } from '../../../src/core/rows/rows';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { LabelFitter } from '../../../src/core/words/labels';
import { HEIGHTS as heights } from '../../../webview/stage/row-heights';
import { registry } from '../../webview/browser/registry';
import { crowd } from '../../webview/browser/scenes';
import { breakfast, laterBreakfast, type Sleeper, sleepers } from '../../webview/browser/scenes-compared';

const t = translator(undefined);
const labels = new LabelFitter((text) => text.length * 7);
const WIDTH = 1000;

function beside(before: Uint8Array, after: Uint8Array) {
  const lanes = buildLanes(readTimeline(after));
  return { lanes, ghost: ghostOf(buildLanes(readTimeline(before)), lanes, 'before') };
}

function rowsIn(lanes: Lanes, ghost: Ghost | undefined, options: Partial<RowOptions> = {}) {
  const none = { collapsed: new Set<number>(), opened: new Set<number>(), openGroups: new Set<number>() };
  return rowsOf(lanes, { ...none, library: true, grouped: false, folded: new Set(), heights, ghost, ...options });
}

function scene(lanes: Lanes, ghost: Ghost, kind: (typeof axisKinds)[number], options: Partial<RowOptions> = {}): Scene {
  const rows = rowsIn(lanes, ghost, options);
  const projection = whole(axisOf(lanes, kind, ghost), WIDTH, 18);
  return layout(lanes, {
    rows,
    projection,
    width: WIDTH,
    height: heightOf(rows),
    scrollTop: 0,
    labels,
    words: t,
    ghost,
  });
}

const boxes = ({ boxes }: Scene, { first, end }: Scene['rows'][number]) =>
  Array.from({ length: end - first }, (_, i) => [boxes.x, boxes.width, boxes.kind].map((column) => column[first + i]));

const seconds = fc.integer({ min: 0, max: 6 }).map((half) => half / 2);
const names = fc.constantFrom('eggs', 'bacon', 'toast', 'Task-9');
const anySleeps = fc.array(fc.record({ name: names, seconds, line: fc.integer({ min: 10, max: 13 }) }), {
  maxLength: 12,
});
const run = (sleeps: readonly Sleeper[]) => sleepers(...sleeps);

/** Nothing of a run may be told as other than itself. */
function expectSame(trace: Uint8Array) {
  const { lanes, ghost } = beside(trace, trace);
  const tasks = lanes.timeline.tasks.map((_, task) => task);
  expect([...ghost.before].sort(([a], [b]) => a - b)).toEqual(tasks.map((task) => [task, task]));
  expect(ghost.gone.size).toBe(0);
  expect(taskCounts(ghost, lanes)).toMatchObject({ onlyNow: 0, onlyBefore: 0 });
  for (const task of tasks)
    for (const { difference, before, now } of taskDifferences(ghost, lanes, { before: task, now: task }, t))
      expect([difference, before]).toEqual(['same', now]);
  for (const kind of axisKinds) {
    expect(axisOf(lanes, kind, ghost).length).toBeCloseTo(axisOf(lanes, kind).length, 9);
    const drawn = scene(lanes, ghost, kind);
    drawn.rows.forEach((place, i) => {
      if (place.row.kind !== 'task') return;
      const below = drawn.rows[i + 1];
      expect(below.row).toMatchObject({ kind: 'ghost', before: place.row.task, now: place.row.task });
      expect(boxes(drawn, below)).toEqual(boxes(drawn, place));
    });
    for (const { now, label } of drawn.ghosts) expect([now, label?.text ?? 'same']).toEqual([undefined, 'same']);
  }
}

describe('a run beside itself has no difference', () => {
  test.each(Object.entries(registry))('%s', (_, { trace }) => expectSame(trace()));
  test('whatever it does', () =>
    fc.assert(
      fc.property(anySleeps, (sleeps) => expectSame(run(sleeps))),
      { numRuns: 40 },
    ));
});

describe('a run beside another one', () => {
  test('loses no task of either, and draws each where it was', () => {
    fc.assert(
      fc.property(anySleeps, anySleeps, (older, newer) => {
        const { lanes, ghost } = beside(run(older), run(newer));
        for (const kind of axisKinds) {
          const drawn = scene(lanes, ghost, kind);
          const shown = drawn.rows.flatMap(({ row }) => (row.kind === 'ghost' ? [row.before] : []));
          expect(shown.sort((a, b) => a - b)).toEqual(ghost.lanes.timeline.tasks.map((_, task) => task));
          expect(drawn.rows.filter(({ row }) => row.kind === 'task')).toHaveLength(lanes.timeline.tasks.length);
          const { segments, tasks } = ghost.lanes.timeline;
          for (const place of drawn.rows) {
            if (place.row.kind !== 'ghost') continue;
            const { first } = tasks[place.row.before];
            const x = drawn.projection.at(segments.start[first], segments.startStep[first]);
            expect(drawn.boxes.x[place.first]).toBeCloseTo(x, 3);
          }
          expect(new Set(drawn.rows.map(({ row }) => keyOf(row))).size).toBe(drawn.rows.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('stands below the same tasks; what is gone stands below who would have made it', () => {
    const { lanes, ghost } = beside(breakfast(), laterBreakfast());
    const told = rowsIn(lanes, ghost).map((row) => {
      const before = row.kind === 'ghost' ? ghost.lanes.timeline.tasks[row.before].name : '';
      const now = row.kind === 'task' ? lanes.timeline.tasks[row.task].name : '';
      return [row.kind, 'depth' in row ? row.depth : '', now || before].join(' ');
    });
    expect(told).toEqual([
      'loop  ',
      'task 0 Task-1',
      'ghost 0 Task-1',
      'task 1 eggs',
      'ghost 1 eggs',
      'task 1 bacon',
      'ghost 1 bacon',
      'task 1 tea',
      'ghost 1 toast',
    ]);
    expect(taskCounts(ghost, lanes)).toEqual({ both: 3, onlyNow: 1, onlyBefore: 1 });
  });

  test('tells by how much each of them is longer', () => {
    const { lanes, ghost } = beside(breakfast(), laterBreakfast());
    const drawn = scene(lanes, ghost, 'time');
    expect(drawn.ghosts.map(({ label, now }) => [label?.text, now !== undefined])).toEqual([
      ['+1 s', true],
      ['+2 s', true],
      ['−500 ms', true],
      [undefined, false],
    ]);
    // Between both ends, or behind the later one: never across a bar.
    for (const { label, before, now } of drawn.ghosts)
      if (label) expect(label.x).toBeGreaterThan(before < now! ? before : Math.max(before, now!));
    const rows = taskDifferences(ghost, lanes, { before: 1, now: 1 }, t);
    expect(rows.map(({ term, before, now, difference }) => [term, before, now, difference].join(' | '))).toEqual([
      'took | 2 s | 4 s | +2 s',
      'running | 0 s | 0 s | same',
      'ready | 0 s | 0 s | same',
      'suspended | 2 s | 4 s | +2 s',
      'turns | 2 | 2 | same',
      'outcome | done | done | same',
    ]);
    expect(taskDifferences(ghost, lanes, { before: undefined, now: 3 }, t)[0].difference).toBe('–');
  });

  test('is under the pointer where it is seen', () => {
    const { lanes, ghost } = beside(breakfast(), laterBreakfast());
    const drawn = scene(lanes, ghost, 'time');
    const place = drawn.rows.find(({ row }) => row.kind === 'ghost' && row.before === 1)!;
    const hit = hitTest(drawn, drawn.projection.at(1, 0), place.y + 8);
    expect(hit?.place).toBe(place);
    expect(drawn.boxes.ref[hit!.box!]).toBe(ghost.lanes.timeline.tasks[1].first + 2);
  });

  test('folds with the tasks that it stands below, and goes where a filter leaves nothing of it', () => {
    const { lanes, ghost } = beside(breakfast(), laterBreakfast());
    const kinds = (options: Partial<RowOptions>) => rowsIn(lanes, ghost, options).map(({ kind }) => kind);
    expect(kinds({ collapsed: new Set([0]) })).toEqual(['loop', 'task', 'ghost']);
    expect(kinds({ keptBefore: Uint8Array.of(1, 1, 1, 0) }).filter((kind) => kind === 'ghost')).toHaveLength(3);
  });

  test('makes the axis as long as the longer one, and folds only where both are idle', () => {
    const { lanes, ghost } = beside(
      sleepers({ name: 'a', seconds: 50 }, { name: 'b', seconds: 100 }),
      sleepers({ name: 'a', seconds: 20 }, { name: 'b', seconds: 60 }),
    );
    expect(axisOf(lanes, 'time', ghost).length).toBe(100);
    expect(axisOf(lanes, 'steps', ghost).length).toBe(axisOf(ghost.lanes, 'steps').length);
    const { folds } = axisOf(lanes, 'squeezed', ghost).squeeze!;
    for (const moment of [20, 50, 60, 100])
      expect(
        folds.some(({ start, end }) => start < moment && moment < end),
        `${moment} s`,
      ).toBe(false);
  });
});

describe('tasks of two runs are the same', () => {
  const pairs = (older: Sleeper[], newer: Sleeper[]) => {
    const { ghost, lanes } = beside(run(older), run(newer));
    const length = ({ tasks }: Lanes['timeline'], task: number) => tasks[task].ended - tasks[task].created;
    return [...ghost.now]
      .filter(([before]) => before > 0)
      .map(([before, now]) => [length(ghost.lanes.timeline, before), length(lanes.timeline, now)]);
  };
  const nameless = (seconds: number, line: number): Sleeper => ({ name: `Task-${line}${seconds}`, seconds, line });

  test('where they have no names of their own, if they were made at the same place', () => {
    const older = [nameless(1, 10), nameless(2, 11)];
    // Three instead of one were made at the first place.
    expect(pairs(older, [nameless(3, 10), nameless(4, 10), nameless(5, 10), nameless(6, 11)])).toEqual([
      [1, 3],
      [2, 6],
    ]);
    // A line was added above both.
    expect(pairs(older, [nameless(3, 11), nameless(4, 12)])).toEqual([
      [1, 3],
      [2, 4],
    ]);
    // The first line is gone, and an empty one is in its place.
    expect(pairs(older, [nameless(4, 11)])).toEqual([[2, 4]]);
  });
});

describe('many alike tasks', () => {
  test('are one lane of the older run, below theirs; gone ones have a lane of their own', () => {
    const { lanes, ghost } = beside(crowd(20, 2), crowd(30, 2));
    const rows = rowsIn(lanes, ghost, { grouped: true }).map(({ kind }) => kind);
    expect(rows.slice(0, 5)).toEqual(['loop', 'task', 'ghost', 'group', 'ghosts']);
    expect(ghost.crowds.map(({ group, now }) => [group.members.length, now])).toEqual([[20, 0]]);
    const fewer = beside(crowd(30, 2), crowd(20, 2));
    expect(fewer.ghost.crowds.map(({ group, now }) => [group.members.length, now])).toEqual([
      [20, 0],
      [10, -1],
    ]);
    const kinds = rowsIn(fewer.lanes, fewer.ghost, { grouped: true }).map(({ kind }) => kind);
    expect(kinds.slice(0, 6)).toEqual(['loop', 'task', 'ghost', 'group', 'ghosts', 'ghosts']);
    for (const kind of axisKinds) expect(scene(lanes, ghost, kind, { grouped: true }).boxes.count).toBeGreaterThan(0);
  });
});
