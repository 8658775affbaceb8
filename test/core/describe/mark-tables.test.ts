import { expect, test } from 'vitest';
import { markCount, markTable } from '../../../src/core/describe/mark-tables';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { cut } from '../../webview/browser/scenes';
import { workshop } from '../../webview/browser/scenes-side-lanes';

const t = translator(undefined);

test('errors say when, whose, what and where', () => {
  const lanes = buildLanes(readTimeline(cut()));
  const { caption, heads, rows } = markTable(lanes, 'error', 0, 10, '/project', t);
  expect(caption).toBe('Errors 1 to 1 of 1');
  expect(rows.map((row) => row.length)).toEqual([heads.length]);
  expect(rows[0].slice(0, 4)).toEqual([
    '200 ms',
    'broken (broken)',
    'Exception that nobody noticed',
    'ValueError: no such row',
  ]);
});

test('a part of the rows says which', () => {
  const lanes = buildLanes(readTimeline(workshop()));
  expect(markCount(lanes, 'log')).toBe(2);
  const { caption, rows } = markTable(lanes, 'log', 1, 10, '/project', t);
  expect(caption).toBe('Log records 2 to 2 of 2');
  expect(rows.map((row) => row[4])).toEqual(['the box is full']);
  expect(markTable(lanes, 'error', 0, 10, '/project', t).rows).toEqual([]);
});
