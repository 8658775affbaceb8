import { describe, expect, test } from 'vitest';
import { AxisProjection } from '../../../src/core/axis/projection';
import { describeSide } from '../../../src/core/describe/side-lane';
import { sideTable } from '../../../src/core/describe/side-table';
import { BoxKind } from '../../../src/core/lanes/box-kind';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { countsOf, peakIn, rowAtPlace, seriesOf } from '../../../src/core/lanes/side-columns';
import { layout } from '../../../src/core/layout/layout';
import { rowsOf } from '../../../src/core/rows/rows';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { LabelFitter } from '../../../src/core/words/labels';
import { sideName } from '../../../src/core/words/side-lanes';
import { HEIGHTS as heights } from '../../../webview/stage/row-heights';
import { gather } from '../../webview/browser/scenes';
import { factory, workshop } from '../../webview/browser/scenes-side-lanes';

const words = translator(undefined);
const labels = new LabelFitter((text) => text.length * 7);

function prepare(bytes: Uint8Array, folded: readonly ('locks' | 'queues')[] = []) {
  const lanes = buildLanes(readTimeline(bytes));
  const none = new Set<number>();
  const rows = rowsOf(lanes, {
    collapsed: none,
    opened: none,
    library: false,
    grouped: false,
    openGroups: new Set(),
    folded: new Set(folded),
    heights,
  });
  const scene = (scale: number) =>
    layout(lanes, {
      rows,
      projection: new AxisProjection({ kind: 'time', length: 1, squeeze: undefined }, scale, 0),
      width: 1000,
      height: 900,
      scrollTop: 0,
      labels,
      words,
    });
  const lane = (name: string) => lanes.sides.findIndex((side) => sideName(lanes, side, words)[0] === name);
  return { lanes, rows, scene, lane };
}

describe('lanes beside the tasks', () => {
  test('stand in sections below them, each with its heading', () => {
    const { lanes, rows } = prepare(workshop());
    const below = rows.slice(4).map((row) => {
      if (row.kind === 'section') return `# ${row.section}`;
      return row.kind === 'side' ? sideName(lanes, lanes.sides[row.lane], words).join(', ') : row.kind;
    });
    expect(below).toEqual([
      '# threads',
      'asyncio_0, ',
      'waiting for a worker, ',
      '# subprocesses',
      'subprocess, ',
      '# locks',
      'bench, lock',
      'open, event',
      '# queues',
      'box, queue, at most 2',
      '# output',
      'logs',
    ]);
    const folded = prepare(workshop(), ['locks']).rows;
    expect(folded.length).toBe(rows.length - 2);
    for (let i = 1; i < folded.length; i++) expect(folded[i].top).toBe(folded[i - 1].top + folded[i - 1].height);
  });

  test('are not there where a program has nothing of the kind', () => {
    expect(prepare(gather()).rows.map(({ kind }) => kind)).toEqual(['loop', 'task', 'task', 'task', 'output']);
  });

  test('show who had a lock, in their colour, and how many waited', () => {
    const { lanes, lane, scene } = prepare(workshop());
    const bench = lanes.sides[lane('bench')];
    expect(Array.from(bench.bars!.task)).toEqual([1, 2]);
    expect(Array.from(bench.bars!.start)).toEqual([0.02, 0.53]);
    expect(Array.from(bench.bars!.end)).toEqual([0.52, 1.56]);
    expect(bench.series).toMatchObject({ count: 2, max: 1 });
    const { rows, boxes } = scene(600);
    const { first, end } = rows.find(({ row }) => row.kind === 'side' && row.lane === lane('bench'))!;
    const kinds = Array.from(boxes.kind.subarray(first, end));
    expect(kinds).toEqual([BoxKind.running, BoxKind.running, BoxKind.foot]);
  });

  test('describe a hold with its holder, its waiters and its line', () => {
    const { lanes, lane } = prepare(workshop());
    const { title, facts } = describeSide(lanes, lane('bench'), 0, false, words);
    expect(title).toBe('bench · lock');
    expect(facts.map(({ term, text }) => `${term}: ${text}`)).toEqual([
      'Held by: maker (make)',
      'Time: 20 ms – 520 ms',
      'Duration: 500 ms',
      'Waiting: packer (pack)',
      'Created at: ',
    ]);
  });

  test('describe a job with who submitted it, how long it waited and whom it woke', () => {
    const { lanes, lane } = prepare(workshop());
    const worker = lane('asyncio_0');
    const saw = describeSide(lanes, worker, 0, false, words);
    expect(saw.title).toBe('saw · thread');
    expect(saw.facts.map(({ term, text }) => `${term}: ${text}`)).toEqual([
      'Submitted by: maker (make)',
      'Time: 30 ms – 500 ms',
      'Duration: 470 ms',
      'Worker: asyncio_0',
      "Outcome: finished: 'planks'",
      'Woke: maker (make)',
      'Submitted at: ',
    ]);
    const glue = describeSide(lanes, worker, 1, false, words).facts;
    expect(glue).toContainEqual({ term: 'Waited for a worker', text: '470 ms' });
    expect(glue).toContainEqual({ term: 'Outcome', text: 'raised an exception: ValueError: dry' });
  });

  test('draw the length of a queue, and say who changed it', () => {
    const { lanes, lane, scene } = prepare(workshop());
    const box = lane('box');
    expect(Array.from(lanes.sides[box].series!.value)).toEqual([1, 2, 1, 0]);
    expect(describeSide(lanes, box, 1, true, words).facts).toContainEqual({ term: 'Items', text: '2 of 2' });
    const { rows, boxes } = scene(600);
    const place = rows.find(({ row }) => row.kind === 'side' && row.lane === box)!;
    expect(place).toMatchObject({ peak: 2, limited: true, footed: false });
    expect(Array.from(boxes.span.subarray(place.first, place.end))).toEqual([1, 2, 1]);
  });

  test('are tables for those who do not see them', () => {
    const { lanes, lane } = prepare(workshop());
    const { caption, heads, rows } = sideTable(lanes, lane('box'), 0, 2, words);
    expect(caption).toBe('1 to 2 of 4 of box queue, at most 2');
    expect(heads).toEqual(['Number', 'From', 'To', 'About']);
    expect(rows[1].slice(0, 3)).toEqual(['2', '1.03 s', '1.55 s']);
  });

  test('have at most a box a pixel, and count each bar once', () => {
    const { lanes, scene, lane } = prepare(factory(20_000));
    const { rows, boxes } = scene(1000 / 20);
    for (const { row, first, end } of rows) if (row.kind === 'side') expect(end - first).toBeLessThan(1100);
    const press = rows.find(({ row }) => row.kind === 'side' && row.lane === lane('press'))!;
    let merged = 0;
    for (let i = press.first; i < press.end; i++) merged += boxes.merged[i];
    expect(merged).toBe(lanes.sides[lane('press')].bars!.count);
    const belt = rows.find(({ row }) => row.kind === 'side' && row.lane === lane('belt'))!;
    expect(Math.max(...boxes.span.subarray(belt.first, belt.end))).toBe(100);
  });
});

describe('a series', () => {
  const random = seriesOf(Array.from({ length: 5000 }, (_, i) => ({ time: i, step: i, value: (i * 7919) % 1013 })));

  test('finds the peak of any stretch', () => {
    for (const [from, to] of [
      [0, 1],
      [0, 5000],
      [63, 65],
      [100, 2000],
      [4990, 5000],
    ]) {
      const best = Math.max(...random.value.subarray(from, to));
      expect(random.value[peakIn(random, from, to)]).toBe(best);
    }
  });

  test('holds its last value at each place', () => {
    const counts = countsOf([
      { from: { time: 1, step: 1 }, to: { time: 1, step: 3 } },
      { from: { time: 1, step: 2 }, to: undefined },
    ]);
    expect([...counts.value]).toEqual([1, 2, 1]);
    expect(rowAtPlace(counts.start, 0.5)).toBe(-1);
    expect(rowAtPlace(counts.start, 1)).toBe(2);
    expect(rowAtPlace(counts.startStep, 2.5)).toBe(1);
  });
});
