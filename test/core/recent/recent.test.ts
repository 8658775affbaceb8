import { expect, test } from 'vitest';
import { briefText, findingText } from '../../../src/core/recent/brief';
import { recentOf } from '../../../src/core/recent/recent';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { TraceStory } from '../encode';

const t = translator(undefined);

/** Ten seconds: two tasks that wait, one that blocks the loop for a second and ends; one step is ready for half a second. */
function story(ended = false) {
  const told = new TraceStory('/project/shop.py', 'real');
  const main = told.task('Task-1', 'main', 0);
  told.step(main, {
    start: 0,
    end: 0.1,
    cause: 'created',
    stands: ['main:10:4'],
    wait: ['sleep', 'sleep 20 s', { delay: 20 }],
  });
  const worker = told.task('worker', 'work', 0.1, main);
  told.step(worker, { start: 0.1, end: 0.2, cause: 'created', stands: ['work:3:4'], wait: ['future', 'future'] });
  told.idle(0.2, 6);
  told.step(worker, { ready: 6, start: 6, end: 7, stands: ['work:4:4'], wait: ['sleep', 'sleep 1 s', { delay: 1 }] });
  told.idle(7, 8);
  told.step(worker, { ready: 8, start: 8.5, end: 8.75 });
  told.done(worker, 8.75);
  const other = told.task('other', 'work', 8.75, main);
  told.step(other, { start: 8.75, end: 9, cause: 'created', stands: ['work:3:4'], wait: ['future', 'future'] });
  told.idle(9, 10);
  return readTimeline(told.bytes({ ended }));
}

test('tasks, the loop, what ran and what was waited for, in the last seconds alone', () => {
  const recent = recentOf(story(), 10, { length: 5, ended: false }, t);
  expect(recent).toMatchObject({ length: 5, silent: 0, ended: false, clock: 'real' });
  expect(recent.tasks).toEqual({ running: 0, ready: 0, suspended: 2, ended: 1 });
  expect(recent.loops).toHaveLength(1);
  expect(recent.loops[0].busy).toBeCloseTo(1.5 / 5, 9);
  expect(recent.steps).toBe(3);
  expect(recent.lag).toMatchObject({ p50: 0, max: 0.5 });
  const held = recent.busiest.map(({ name, line, held }) => [name, line, Number(held.toFixed(6))]);
  // Where each step resumed: the last of them began its coroutine.
  expect(held).toEqual([
    ['work', 3, 1],
    ['work', 4, 0.25],
    ['work', 1, 0.25],
  ]);
  const waits = recent.waits.map(({ line, now, waited }) => [line, now, Number(waited.toFixed(6))]);
  expect(waits).toEqual([
    [10, 1, 5],
    [3, 1, 2],
    [4, 0, 1],
  ]);
});

test('what goes on goes on until now, though nothing was recorded since', () => {
  const recent = recentOf(story(), 13, { length: 5, ended: false }, t);
  expect(recent).toMatchObject({ length: 5, silent: 3 });
  expect(recent.waits.map(({ line, now, waited }) => [line, now, waited])).toEqual([
    [10, 1, 5],
    [3, 1, 4],
  ]);
  expect(recent.steps).toBe(2);
});

test('a window that is longer than the run is as long as the run', () => {
  expect(recentOf(story(), 10, { length: 60, ended: false }, t)).toMatchObject({ length: 10, steps: 5 });
});

test('findings that are there while it runs: a blocked loop is, a task that has not ended yet is not', () => {
  const { findings } = recentOf(story(), 12, { length: 10, ended: false }, t);
  expect(findings.map(({ kind, age }) => [kind, Number(age.toFixed(6))])).toEqual([
    ['blocking', 3.25],
    ['blocking', 5],
  ]);
  expect(findings[1]).toMatchObject({ file: '/project/shop.py', severity: 'warning' });
  expect(findingText(findings[1], '/project', t)).toMatch(
    /^shop\.py:\d+ .*work.* blocked the event loop .*\(5 s ago\)$/,
  );
});

test('one line for a log', () => {
  expect(briefText(recentOf(story(), 10, { length: 5, ended: false }, t), '/project', t)).toMatchInlineSnapshot(
    `"tasks: 0 running, 0 ready, 2 suspended, done 0.2/s; loop busy 30%; lag p95 500 ms, max 500 ms; busiest work shop.py:3 1 s"`,
  );
});

test('a program without a step yet', () => {
  const told = new TraceStory('/project/shop.py', 'real');
  const recent = recentOf(readTimeline(told.bytes({ ended: false })), 0, { length: 5, ended: false }, t);
  expect(recent).toMatchObject({ length: 0, lag: undefined, steps: 0, loops: [], busiest: [], waits: [], routes: [] });
  expect(briefText(recent, '/project', t)).toBe('tasks: 0 running, 0 ready, 0 suspended, done 0');
});
