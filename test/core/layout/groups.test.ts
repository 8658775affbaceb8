import { describe, expect, test } from 'vitest';
import { AxisProjection } from '../../../src/core/axis/projection';
import { describeGroup, groupTable } from '../../../src/core/describe/group';
import { BoxKind } from '../../../src/core/lanes/box-kind';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { crowdAt } from '../../../src/core/layout/groups';
import { layout } from '../../../src/core/layout/layout';
import { type Filter, filteredTasks, NO_FILTER } from '../../../src/core/rows/filter';
import { rowsOf } from '../../../src/core/rows/rows';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { LabelFitter } from '../../../src/core/words/labels';
import { HEIGHTS as heights } from '../../../webview/stage/row-heights';
import { crowd, gather } from '../../webview/browser/scenes';

const words = translator(undefined);
const labels = new LabelFitter((text) => text.length * 7);

function prepare(
  bytes: Uint8Array,
  { grouped = true, open = [] as number[], kept = undefined as Uint8Array | undefined },
) {
  const lanes = buildLanes(readTimeline(bytes));
  const none = new Set<number>();
  const openGroups = new Set(open);
  const rows = rowsOf(lanes, {
    collapsed: none,
    opened: none,
    library: false,
    grouped,
    openGroups,
    kept,
    folded: new Set(),
    heights,
  });
  return { lanes, rows };
}

describe('tasks that are alike', () => {
  test('stand in one lane, which opens to its members', () => {
    const { lanes, rows } = prepare(crowd(500, 3), {});
    expect(rows.map(({ kind }) => kind)).toEqual(['loop', 'task', 'group']);
    expect(lanes.groups[0]).toMatchObject({ parent: 0, coroutine: 'worker' });
    expect(lanes.groups[0].members.length).toBe(500);
    const open = prepare(crowd(500, 3), { open: [1] }).rows;
    expect(open.length).toBe(503);
    expect(open[3]).toMatchObject({ kind: 'task', task: 1, depth: 2 });
    for (let i = 1; i < open.length; i++) expect(open[i].top).toBe(open[i - 1].top + open[i - 1].height);
    expect(prepare(crowd(500, 3), { grouped: false }).rows.length).toBe(502);
  });

  test('stay by themselves where they are few, or where a filter looks for some of them', () => {
    expect(prepare(gather(), {}).lanes.groups).toEqual([]);
    expect(prepare(crowd(7, 2), {}).lanes.groups).toEqual([]);
    const kept = new Uint8Array(501);
    kept.set([1, 0, 1], 0);
    expect(prepare(crowd(500, 3), { kept }).rows.map(({ kind }) => kind)).toEqual(['loop', 'task', 'task']);
  });

  test('stay together where a filter leaves all of them, without what it leaves out', () => {
    const lanes = buildLanes(readTimeline(crowd(40, 5)));
    const none = new Set<number>();
    const common = { collapsed: none, opened: none, library: false, grouped: true, openGroups: none, heights };
    const rowsWith = (filter: Filter) =>
      rowsOf(lanes, { ...common, folded: new Set(), filter, kept: filteredTasks(lanes, filter)?.rows });
    const filter = { ...NO_FILTER, states: [true, true, false] } as const;
    const rows = rowsWith(filter);
    expect(rows.map(({ kind }) => kind)).toEqual(['loop', 'task', 'group']);
    expect(rowsWith({ ...NO_FILTER, least: 1e-6 }).some(({ kind }) => kind === 'group')).toBe(false);
    expect(rowsWith({ ...NO_FILTER, text: 'worker-1' }).some(({ kind }) => kind === 'group')).toBe(false);
    const { duration } = lanes.timeline;
    const projection = new AxisProjection({ kind: 'time', length: duration, squeeze: undefined }, 1000 / duration, 0);
    const view = { rows, projection, width: 1000, height: 500, scrollTop: 0, labels, words, filter };
    const { rows: placed, boxes } = layout(lanes, view);
    const { first, end } = placed.find(({ row }) => row.kind === 'group')!;
    const kinds = new Set(boxes.kind.subarray(first, end));
    expect(kinds).toEqual(new Set([BoxKind.manyReady, BoxKind.manyRunning]));
  });

  test('are counted by what they do at each moment', () => {
    const { lanes, rows } = prepare(crowd(40, 5), {});
    const { segments, duration } = lanes.timeline;
    const axis = { kind: 'time', length: duration, squeeze: undefined } as const;
    const projection = new AxisProjection(axis, 1000 / duration, 0);
    const view = { rows, projection, width: 1000, height: 500, scrollTop: 0, labels, words };
    const { rows: placed, boxes } = layout(lanes, view);
    const place = placed.find(({ row }) => row.kind === 'group')!;
    for (const x of [100, 250.5, 600, 999]) {
      const at = Math.floor(x);
      const [from, to] = [projection.valueAt(at), projection.valueAt(at + 1)];
      const count = (state: number, first: number, last: number) => {
        let found = 0;
        for (let i = lanes.timeline.tasks[1].first; i < segments.count; i++)
          if (segments.state[i] === state && segments.start[i] < last && segments.end[i] >= first) found++;
        return found;
      };
      const counts = crowdAt(boxes, place, x);
      expect(counts.running).toBe(count(1, from, to));
      expect(counts.ready).toBe(count(0, from, to));
      expect(counts.suspended).toBe(count(2, from, from));
    }
    expect(place.end - place.first).toBeLessThan(3001);
  });

  test('are described together', () => {
    const { lanes } = prepare(crowd(40, 5), {});
    const { title, facts } = describeGroup(lanes, 0, words);
    expect(title).toBe('worker() ×40');
    expect(facts[0]).toEqual({ term: 'Tasks', text: '40, from worker-0 to worker-39' });
    expect(facts).toContainEqual({ term: 'Outcome', text: '40 still pending' });
    const late = facts.find(({ term }) => term === 'Longest wait for its turn');
    expect(late?.link?.kind).toBe('segment');
    const { caption, rows } = groupTable(lanes, 0, 10, words);
    expect(caption).toBe('1 to 10 of 40 of worker()');
    expect(rows[0].slice(0, 2)).toEqual(['worker-0', 'still pending']);
  });
});
