import { describe, expect, test } from 'vitest';
import { AxisProjection } from '../../../src/core/axis/projection';
import { BoxKind } from '../../../src/core/lanes/box-kind';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { layout } from '../../../src/core/layout/layout';
import { dims, type Filter, filteredTasks, NO_FILTER } from '../../../src/core/rows/filter';
import { rowsOf } from '../../../src/core/rows/rows';
import { search } from '../../../src/core/rows/search';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { LabelFitter } from '../../../src/core/words/labels';
import { HEIGHTS as heights } from '../../../webview/stage/row-heights';
import { calls, crowd, gather } from '../../webview/browser/scenes';
import { workshop } from '../../webview/browser/scenes-side-lanes';

const words = translator(undefined);
const labels = new LabelFitter((text) => text.length * 7);

function sceneOf(bytes: Uint8Array, options: { query?: string; filter?: Filter }) {
  const lanes = buildLanes(readTimeline(bytes));
  const none = new Set<number>();
  const filter = options.filter ?? NO_FILTER;
  const rows = rowsOf(lanes, {
    collapsed: none,
    opened: none,
    library: false,
    grouped: false,
    openGroups: none,
    kept: filteredTasks(lanes, filter)?.rows,
    folded: new Set(),
    heights,
  });
  const { duration } = lanes.timeline;
  const projection = new AxisProjection({ kind: 'time', length: duration, squeeze: undefined }, 1000 / duration, 0);
  const found = options.query === undefined ? undefined : search(lanes, options.query, words);
  const view = { rows, projection, width: 1000, height: 600, scrollTop: 0, labels, words, found };
  return { lanes, rows, found, scene: layout(lanes, { ...view, filter: dims(filter) ? filter : undefined }) };
}

describe('searching', () => {
  const matchesOf = (bytes: Uint8Array, query: string) => {
    const lanes = buildLanes(readTimeline(bytes));
    const { segments, tasks } = lanes.timeline;
    return search(lanes, query, words)?.matches.map((match) => {
      if (match.kind === 'task') return tasks[match.task].name;
      return match.kind === 'side'
        ? `lane ${match.lane}`
        : `${tasks[segments.task[match.segment]].name} ${match.segment - tasks[segments.task[match.segment]].first}`;
    });
  };

  test('finds tasks by name, coroutine, file and by what they call', () => {
    expect(matchesOf(gather(), 'TASK-2')).toEqual(['Task-2']);
    expect(matchesOf(gather(), ' fetch ')).toEqual(['Task-2', 'Task-3']);
    expect(matchesOf(gather(), 'demo.py')).toEqual(['Task-1', 'Task-2', 'Task-3']);
    expect(matchesOf(gather(), 'download')).toEqual(['Task-2', 'Task-3']);
    expect(matchesOf(gather(), 'no such thing')).toEqual([]);
    expect(matchesOf(gather(), '  ')).toBeUndefined();
  });

  test('finds what is waited for, in the order of the lanes', () => {
    expect(matchesOf(gather(), 'sleep 2 s')).toEqual(['Task-3 2']);
    const all = matchesOf(workshop(), 'bench');
    expect(all?.length).toBe(2);
    expect(all?.[0]).toMatch(/^packer /);
    expect(all?.[1]).toMatch(/^lane /);
  });

  test('lights what was found, at most once a pixel', () => {
    const { scene } = sceneOf(gather(), { query: 'sleep' });
    expect(scene.found.map(({ row }) => row)).toEqual([2, 3]);
    expect(scene.found[0]).toMatchObject({ x: 0, width: 500 });
    const dense = sceneOf(calls(20_000), { query: 'sleep(0)' });
    expect(dense.found?.segments.length).toBe(19_999 + 1);
    expect(dense.scene.found.length).toBeGreaterThan(1);
    expect(dense.scene.found.length).toBeLessThan(1010);
  });
});

describe('a filter', () => {
  test('leaves tasks whose names fit, with their ancestors', () => {
    const { rows, lanes } = sceneOf(crowd(100, 3), { filter: { ...NO_FILTER, text: 'worker-7' } });
    expect(rows.filter(({ kind }) => kind === 'task').length).toBe(1 + 11);
    expect(filteredTasks(lanes, { ...NO_FILTER, text: 'worker-7' })?.count).toBe(11);
    expect(filteredTasks(lanes, NO_FILTER)).toBeUndefined();
  });

  test('leaves one task and those below it', () => {
    const { rows } = sceneOf(gather(), { filter: { ...NO_FILTER, only: 2 } });
    expect(rows.flatMap((row) => (row.kind === 'task' ? [row.task] : []))).toEqual([0, 2]);
  });

  test('makes segments faint that are too short or in another state, and hides tasks that have none left', () => {
    const filter: Filter = { ...NO_FILTER, states: [false, false, true], least: 1.5 };
    const { rows, scene } = sceneOf(gather(), { filter });
    expect(rows.flatMap((row) => (row.kind === 'task' ? [row.task] : []))).toEqual([0, 2]);
    const { first, end } = scene.rows.find(({ row }) => row.kind === 'task' && row.task === 2)!;
    const kinds = Array.from(scene.boxes.kind.subarray(first, end));
    expect(kinds).toContain(BoxKind.suspended);
    expect(kinds).not.toContain(BoxKind.running);
    expect(scene.labels.some(({ text }) => text === 'sleep 2 s')).toBe(true);
  });
});
