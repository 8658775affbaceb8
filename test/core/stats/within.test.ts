import { expect, test } from 'vitest';
import { measured } from '../../../src/core/stats/measure';
import { statTables } from '../../../src/core/stats/stat-row';
import { totalsIn } from '../../../src/core/stats/within';
import { readTimeline } from '../../../src/core/timeline/build';
import type { Timeline } from '../../../src/core/timeline/model';
import type { Stretch } from '../../../src/core/timeline/moment';
import { calls, crowd, gather, polling } from '../../webview/browser/scenes';

const timelines: Readonly<Record<string, Timeline>> = Object.fromEntries(
  Object.entries({ gather: gather(), calls: calls(30), crowd: crowd(12, 5), polling: polling() }).map(
    ([name, trace]) => [name, readTimeline(trace)],
  ),
);

/** The run in pieces of equal time. */
function pieces({ duration, steps }: Timeline, count: number): Stretch[] {
  return Array.from({ length: count }, (_, i) => ({
    start: (duration * i) / count,
    end: (duration * (i + 1)) / count,
    startStep: (steps * i) / count,
    endStep: (steps * (i + 1)) / count,
  }));
}

test.each(Object.keys(timelines))('what the pieces of a run have adds up to the whole: %s', (name) => {
  const timeline = timelines[name];
  for (const count of [1, 2, 7]) {
    const parts = pieces(timeline, count);
    const sum = (of: (part: Stretch) => number) => parts.reduce((total, part) => total + of(part), 0);
    const all = totalsIn(timeline, undefined);
    for (const state of ['running', 'ready', 'suspended', 'length'] as const)
      expect(sum((part) => totalsIn(timeline, part)[state])).toBeCloseTo(all[state], 9);
    for (const table of statTables) {
      const total = (within?: Stretch) =>
        measured(timeline, table, within).reduce((added, { numbers }) => added + numbers.suspended, 0);
      expect(sum(total)).toBeCloseTo(total(), 9);
    }
  }
});

test('a wait that lies in the range in part counts in part, and stays as long as it was', () => {
  const timeline = timelines.gather;
  const within = { start: 0.5, end: 1.5, startStep: 1, endStep: 4 };
  const sleeps = measured(timeline, 'site', within)[0];
  expect(sleeps.numbers).toMatchObject({ count: 2, p50: 1, max: 2 });
  expect(sleeps.numbers.suspended).toBeCloseTo(1.5, 9);
  expect([...sleeps.times]).toEqual([1, 2]);
  expect(timeline.segments.end[sleeps.longest!] - timeline.segments.start[sleeps.longest!]).toBe(2);
});

test('a task that had ended before the range has no row', () => {
  const timeline = timelines.gather;
  const late = { start: 1.2, end: 1.4, startStep: 4, endStep: 4 };
  expect(measured(timeline, 'task', late).map(({ numbers }) => numbers.name)).toEqual(['Task-1', 'Task-3']);
});
