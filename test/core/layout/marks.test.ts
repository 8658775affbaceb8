import { describe, expect, test } from 'vitest';
import { limitsOf } from '../../../src/core/axis/limits';
import { describeTask } from '../../../src/core/describe/describe';
import { describeError, describeLimit } from '../../../src/core/describe/marks';
import { hitTest } from '../../../src/core/layout/hit';
import { sideMarksInView } from '../../../src/core/layout/marks-in-view';
import { wakesInView } from '../../../src/core/layout/wakes-in-view';
import { readTimeline } from '../../../src/core/timeline/build';
import { State } from '../../../src/core/timeline/model';
import { Use } from '../../../src/core/timeline/resources';
import { translator } from '../../../src/core/translate';
import { crowd, cut, gather } from '../../webview/browser/scenes';
import { workshop } from '../../webview/browser/scenes-side-lanes';
import { drawn } from '../drawn';
import { TraceStory } from '../encode';

const words = translator(undefined);

const sceneOf = (bytes: Uint8Array, how = {}) => drawn(readTimeline(bytes), how);

describe('time limits', () => {
  test('are known with how near they came', () => {
    const { lanes } = sceneOf(workshop());
    const { list } = limitsOf(lanes);
    expect(list.map(({ expired, due }) => [expired, due.time])).toEqual([
      [false, 2],
      [true, 1.4],
    ]);
    expect(describeLimit(lanes, 0, words).facts[1].text).toBe('2 s, done with 900 ms left');
    expect(describeLimit(lanes, 1, words).facts[1].text).toBe('300 ms, ran out');
    const facts = describeTask(lanes, 0, words).facts.filter(({ term }) => term === 'Time limit');
    expect(facts.map(({ text }) => text)).toEqual(['300 ms, ran out', '2 s, done with 900 ms left']);
  });

  test('stand in the lane, and can be pointed at', () => {
    const { scene } = sceneOf(workshop());
    expect(scene.limits.length).toBe(2);
    expect(scene.limits[0].over).toBeLessThan(scene.limits[0].due);
    const met = scene.marks.find(({ kind }) => kind === 'expired')!;
    expect(hitTest(scene, met.x, met.y - 8)?.mark?.about).toEqual({ kind: 'limit', index: 1 });
    expect(hitTest(scene, met.x, met.y + 5)?.mark).toBeUndefined();
  });

  test('of older wait_for are those of its wait', () => {
    const story = new TraceStory();
    const main = story.task('main', 'main', 0);
    const wait = ['wait_for', 'wait_for', { deadline: 2 }] as const;
    story.step(main, { start: 0, cause: 'created', stands: ['main:1:4'], wait });
    story.idle(0, 0.5).done(main, 0.5).step(main, { start: 0.5 });
    const { list } = limitsOf(sceneOf(story.bytes()).lanes);
    expect(list).toMatchObject([{ expired: false, due: { time: 2 }, over: { time: 0.5 } }]);
  });
});

describe('marks', () => {
  test('of what was never awaited have a shape of their own', () => {
    const { scene, lanes } = sceneOf(cut());
    expect(scene.marks.map(({ kind }) => kind)).toContain('problem');
    const index = lanes.timeline.errors.findIndex(({ kind }) => kind !== 'uncaught');
    expect(describeError(lanes, index, words).facts.map(({ term }) => term)).toContain('Message');
  });
});

describe('all wake-ups', () => {
  test('lead from the lane of the job that woke', () => {
    const { lanes, scene } = sceneOf(workshop());
    const job = scene.rows.find(({ row }) => row.kind === 'side' && lanes.sides[row.lane].name === 'asyncio_0')!;
    const middle = job.y + job.row.height / 2;
    const arrow = scene.arrows.drawn.find(({ fromY }) => fromY === middle)!;
    expect(arrow.toY).toBeLessThan(middle);
    expect(arrow.x).toBeCloseTo((1000 * 0.5) / lanes.horizon.time);
  });

  test('are arrows from lane to lane', () => {
    const { scene } = sceneOf(gather());
    const from = scene.arrows.drawn.map(({ fromY, toY }) => Math.sign(toY - fromY));
    expect(scene.arrows.some).toBe(false);
    // main makes two; the loop's timer wakes each of them; the last one of them wakes main.
    expect(from).toContain(-1);
    expect(from.filter((way) => way === 1).length).toBeGreaterThanOrEqual(4);
  });

  test('are at most what can be read, and it is told if there are more', () => {
    const { scene } = sceneOf(crowd(40, 60));
    expect(scene.arrows.some).toBe(true);
    expect(scene.arrows.drawn.length).toBeLessThanOrEqual(160);
    const close = sceneOf(crowd(10, 3)).scene;
    expect(close.arrows.some).toBe(false);
    expect(close.arrows.drawn.length).toBeGreaterThan(10);
  });

  test('are counted where they are in view, drawn or not', () => {
    for (const zoom of [1, 3, 40]) {
      const { lanes, scene } = sceneOf(crowd(40, 60), { zoom });
      const { segments, tasks } = lanes.timeline;
      const shown = new Set(scene.rows.flatMap(({ row }) => (row.kind === 'task' ? [row.task] : [])));
      const all = Array.from({ length: segments.count }, (_, row) => row).filter((row) => {
        const x = scene.projection.at(segments.start[row], segments.startStep[row]);
        const byOther = segments.about[row] !== tasks[segments.task[row]].id;
        return segments.state[row] === State.ready && byOther && shown.has(segments.task[row]) && x >= -1 && x <= 1001;
      });
      const rows = scene.rows.map(({ row }) => row);
      expect(wakesInView(lanes, scene, rows)).toBe(all.length);
      // While the program runs, too.
      expect(wakesInView(lanes, scene, rows, true)).toBe(all.length);
      expect(scene.arrows.drawn.length).toBeLessThanOrEqual(all.length);
    }
    const { lanes, scene } = sceneOf(gather());
    expect(
      wakesInView(
        lanes,
        scene,
        scene.rows.map(({ row }) => row),
      ),
    ).toBe(scene.arrows.drawn.length);
  });
});

describe('marks of conditions', () => {
  const story = new TraceStory();
  const task = story.task('Task-1', 'main', 0);
  story.step(task, { start: 0, end: 10 });
  const condition = story.resource('condition', 'served', { site: 1 });
  for (let nth = 0; nth < 400; nth++) story.use(condition, nth % 4 === 3 ? 'notified' : 'taken', nth * 0.02, task, 1);
  const bytes = story.done(task, 10).bytes();

  test('are counted where they are in view, drawn or not', () => {
    for (const zoom of [1, 5, 50]) {
      const { lanes, scene } = sceneOf(bytes, { zoom });
      const { uses } = lanes.timeline;
      const rows = scene.rows.map(({ row }) => row);
      const all = Array.from({ length: uses.count }, (_, row) => row).filter((row) => {
        const x = scene.projection.at(uses.time[row], uses.step[row]);
        return uses.what[row] === Use.notified && x >= -8 && x <= 1008;
      });
      const drawn = scene.marks.filter(({ kind }) => kind === 'notified');
      expect(sideMarksInView(lanes, scene, rows)).toBe(all.length);
      expect(drawn.length).toBeLessThanOrEqual(all.length);
      expect(drawn.length).toBeGreaterThan(0);
    }
  });

  test('that are too close to others are left out, and it is told that some may be', () => {
    const close = sceneOf(bytes, { zoom: 0.1 });
    const rows = close.scene.rows.map(({ row }) => row);
    expect(close.scene.thinned).toBe(true);
    expect(close.scene.marks.filter(({ kind }) => kind === 'notified').length).toBeLessThan(
      sideMarksInView(close.lanes, close.scene, rows),
    );
    expect(sceneOf(bytes, { zoom: 5 }).scene.thinned).toBe(false);
  });
});
