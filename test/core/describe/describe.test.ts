import { expect, test } from 'vitest';
import { describeLoop, describeSegment, describeTask, sourceOf } from '../../../src/core/describe/describe';
import { ranDuring } from '../../../src/core/describe/loop-holders';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { readTimeline } from '../../../src/core/timeline/build';
import { LoopKind } from '../../../src/core/timeline/loop-entries';
import { State } from '../../../src/core/timeline/model';
import { translator } from '../../../src/core/translate';
import { displayPath, placeOf } from '../../../src/core/words/places';
import * as scenes from '../../webview/browser/scenes';
import { TraceStory } from '../encode';

const t = translator(undefined);
const lanes = buildLanes(readTimeline(scenes.gather()));
const { tasks } = lanes.timeline;

function facts(description: { facts: readonly { term: string; text: string }[] }): Record<string, string> {
  return Object.fromEntries(description.facts.map(({ term, text }) => [term, text]));
}

test('a suspended segment says what it waits for, where, who woke it, and its chain', () => {
  const suspended = describeSegment(lanes, suspendedOf(1), t);
  expect(suspended.title).toBe('Task-2 · suspended');
  expect(facts(suspended)).toMatchObject({
    'Waits for': 'sleep 1 s',
    Duration: '1 s',
    'Woken by': 'a timer that was due',
  });
  expect(suspended.chain.map(({ name, user }) => [name, user])).toEqual([
    ['fetch', true],
    ['download', true],
    ['sleep', false],
  ]);
  expect(suspended.source).toEqual({ kind: 'source', file: '/project/demo.py', line: 2, column: 10 });
});

test('what goes on belongs to the line where it was suspended', () => {
  const last = tasks[1].first + tasks[1].count - 1;
  expect(sourceOf(lanes.timeline, last)).toMatchObject({ line: 2, column: 10 });
});

test('a wake-up by a task leads to the step in which it happened', () => {
  const last = tasks[0].first + tasks[0].count - 1;
  const woken = describeSegment(lanes, last, t).facts.find(({ term }) => term === 'Woken by')!;
  expect(woken.text).toBe('Task-3 (fetch)');
  expect(woken.link?.kind).toBe('segment');
});

test('a task tells its outcome, its times and its parent', () => {
  expect(facts(describeTask(lanes, 1, t))).toMatchObject({
    Outcome: "finished: 'one'",
    'Of that': '0 s running, 0 s ready, 1 s suspended',
    'Created by': 'Task-1 (main)',
    Group: 'gather',
  });
});

test('a failed and a cancelled task say who and why', () => {
  const cut = buildLanes(readTimeline(scenes.cut()));
  expect(facts(describeTask(cut, 1, t))).toMatchObject({ Outcome: 'cancelled', 'Cancelled by': 'main (main)' });
  expect(facts(describeTask(cut, 2, t)).Outcome).toBe('raised an exception: ValueError: no such row');
});

test('an idle wait says why', () => {
  const idle = lanes.loop.kind.indexOf(LoopKind.idle);
  expect(describeLoop(lanes, idle, t).title).toBe('Event loop · idle');
  const callback = lanes.loop.kind.indexOf(LoopKind.callback);
  expect(describeLoop(lanes, callback, t).title).toBe('Callback Future.set_result');
});

test('a ready segment says who ran meanwhile, and leads there', () => {
  const blocked = buildLanes(readTimeline(scenes.blocking()));
  const { segments, tasks } = blocked.timeline;
  const { first, count } = tasks[1];
  const late = Array.from({ length: count }, (_, i) => first + i).find(
    (i) => segments.state[i] === State.ready && segments.end[i] > segments.start[i],
  )!;
  expect(ranDuring(blocked, late)).toMatchObject([{ task: 2, duration: 1.5 }]);
  const description = describeSegment(blocked, late, t);
  const meanwhile = description.facts.find(({ term }) => term === 'Meanwhile')!;
  expect(meanwhile.text).toBe('Task-3 (blocker) ran for 1.5 s');
  expect(meanwhile.link).toMatchObject({ kind: 'segment' });
  // Its other waits for a turn took no time.
  expect(facts(describeSegment(blocked, first, t))).not.toHaveProperty('Meanwhile');
});

test('who ran meanwhile adds up to no more than the wait', () => {
  const crowd = buildLanes(readTimeline(scenes.crowd(20, 20)));
  const { segments } = crowd.timeline;
  for (let i = 0; i < segments.count; i++) {
    if (segments.state[i] !== State.ready) continue;
    const ran = ranDuring(crowd, i);
    const sum = ran.reduce((total, { duration }) => total + duration, 0);
    expect(sum).toBeLessThanOrEqual(segments.end[i] - segments.start[i] + 1e-9);
    expect(ran.every(({ task }) => task !== segments.task[i])).toBe(true);
  }
});

test('what lies inside of the embedded Python is told in short and cannot be opened', () => {
  const embedded = { meta: { ...lanes.timeline.meta, engine: 'embedded' } } as const;
  const installed = { meta: { ...lanes.timeline.meta, engine: 'interpreter' } } as const;
  const tasks = '/lib/python314.zip/asyncio/tasks.py';
  expect(placeOf(embedded, tasks, 702, '/project')).toEqual({ text: 'asyncio/tasks.py:702', opens: false });
  expect(placeOf(installed, tasks, 702, '/project')).toEqual({ text: `${tasks}:702`, opens: true });
  expect(placeOf(embedded, '/lib/mine/a.py', 3, '/lib/mine')).toEqual({ text: 'a.py:3', opens: true });
  expect(placeOf(embedded, '/project/a.py', 3, '/project')).toEqual({ text: 'a.py:3', opens: true });
  expect(placeOf(installed, '<string>', 1, '')).toEqual({ text: '<string>:1', opens: false });
});

test('paths below the root are shown without it', () => {
  expect(displayPath('/project/a/b.py', '/project')).toBe('a/b.py');
  expect(displayPath('/projects/b.py', '/project')).toBe('/projects/b.py');
  expect(displayPath('/elsewhere/b.py', '')).toBe('/elsewhere/b.py');
});

function suspendedOf(task: number): number {
  const { first, count } = tasks[task];
  for (let i = first; i < first + count; i++) if (lanes.timeline.segments.state[i] === 2) return i;
  throw new Error('never suspended');
}

test('a wait in which the program stopped for good says so, not how long it was recorded', () => {
  const story = new TraceStory('/project/demo.py', 'virtual');
  const main = story.task('Task-1', 'main', 0);
  story.step(main, { start: 0, cause: 'created', stands: ['main:4:4'], wait: ['event', 'event ready', {}] });
  story.stop('deadlock', 'nothing can go on', 0);
  const stopped = buildLanes(readTimeline(story.bytes()));
  const { first, count } = stopped.timeline.tasks[0];
  expect(facts(describeSegment(stopped, first + count - 1, t))).toMatchObject({ Duration: 'waits for ever' });
});
