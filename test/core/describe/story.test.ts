import { describe, expect, test } from 'vitest';
import { momentsOf, stepAt, timeAt, turnAt } from '../../../src/core/axis/moments';
import { storyOf } from '../../../src/core/describe/story';
import { sentenceSource, sentenceText } from '../../../src/core/describe/story-words';
import { placesAt, taskAtTurn } from '../../../src/core/describe/task-at-turn';
import { problemWords } from '../../../src/core/findings/finding-words';
import { problemsOf } from '../../../src/core/findings/findings';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import * as scenes from '../../webview/browser/scenes';
import { TraceStory } from '../encode';

const t = translator(undefined);
const lanesOf = (bytes: Uint8Array) => buildLanes(readTimeline(bytes));

function told(bytes: Uint8Array): string[] {
  const lanes = lanesOf(bytes);
  const story = storyOf(lanes);
  return Array.from({ length: story.count }, (_, i) => sentenceText(lanes, story, story.sentence(i), t));
}

describe('the story', () => {
  test('tells a run turn by turn', () => {
    expect(told(scenes.gather())).toEqual([
      'The event loop is created. Ready first: Task-1 (main).',
      'Task-1 (main) starts. gather creates Task-2 (fetch), Task-3 (fetch) and puts them at the end of the ready queue. None of them has started yet. At line 12 it awaits gather of 2 and is suspended. Control goes to the event loop. Ready now: Task-2 (fetch), Task-3 (fetch).',
      'Task-2 (fetch) starts. It prints “start 1”. await download() at line 6 runs it in this same task and creates no other: the next line runs when it has finished. At line 2 it awaits sleep(1) and is suspended. That sets a timer and creates no task. Control goes to the event loop, not to fetch(). Ready now: Task-3 (fetch).',
      'Task-3 (fetch) starts. It prints “start 2”. At line 2 it awaits sleep(2) and hands control back to the event loop.',
      'No task is ready. Due: at 1 s Task-2 (fetch); at 2 s Task-3 (fetch). The virtual clock jumps ahead by 1 s, to the first of them.',
      'Task-2 (fetch) is ready again, woken by a timer that was due through callback Future.set_result.',
      "Task-2 (fetch) resumes after its sleep of 1 s. It prints “done 1”. It returns 'one' and ends.",
      'No task is ready. Due: at 2 s Task-3 (fetch). The virtual clock jumps ahead by 1 s, to the first of them.',
      'Task-3 (fetch) is ready again, woken by a timer that was due through callback Future.set_result.',
      "Task-3 (fetch) resumes after its sleep of 2 s. It prints “done 2”. It returns 'two' and ends.",
      "Task-3 (fetch), the last of gather's tasks, has finished. Task-1 (main) is ready again.",
      'Task-1 (main) resumes: all tasks of its gather have finished. It ends.',
      'The program ends after 2 s.',
    ]);
  });

  test('tells what was late, cancelled, raised and cut short', () => {
    expect(told(scenes.blocking())).toContain(
      'Task-2 (ticker) resumes after its sleep of 1 s. It was ready for 1.5 s before it got its turn. At line 8 it awaits sleep(1) and hands control back to the event loop.',
    );
    const cut = told(scenes.cut());
    expect(cut).toContain(
      'broken (broken) starts. It blocks the event loop for 200 ms: nothing else can run. It fails with ValueError: no such row.',
    );
    expect(cut).toContain(
      'slow (slow) resumes with CancelledError: it was cancelled while it awaited lock db. It ends, cancelled.',
    );
    expect(cut.at(-1)).toBe('The program was stopped after 5 steps.');
  });

  test('finds the sentence of a moment, and its line', () => {
    const lanes = lanesOf(scenes.gather());
    const story = storyOf(lanes);
    expect([0, 0.5, 4, 5.9, 8, 999].map((step) => story.at(step))).toEqual([1, 1, 5, 6, 9, 12]);
    expect(sentenceSource(lanes, story.sentence(2))).toMatchObject({ line: 2 });
    expect(sentenceSource(lanes, story.sentence(4))).toBeUndefined();
  });

  test('leaves out tasks that only the library wanted, as the lanes do', () => {
    const story = new TraceStory();
    const main = story.task('Task-1', 'main', 0);
    story.done(main, 0).step(main, { start: 0, cause: 'created' });
    const tidy = story.task('Task-2', '~shutdown', 0);
    story.done(tidy, 0).step(tidy, { start: 0, cause: 'created' });
    expect(told(story.bytes())).toEqual([
      'The event loop is created. Ready first: Task-1 (main).',
      'Task-1 (main) starts. It ends.',
      'The program ends after 0 s.',
    ]);
  });

  test('of a record without a turn is empty', () => {
    expect(told(scenes.broken())).toEqual([]);
    const moments = momentsOf(lanesOf(scenes.broken()));
    expect([timeAt(moments, 3), stepAt(moments, 1)]).toEqual([0, 0]);
  });
});

describe('moments', () => {
  const lanes = lanesOf(scenes.blocking());
  const moments = momentsOf(lanes);

  test('turn time into steps and back', () => {
    expect(turnAt(moments, stepAt(moments, 1.5))).toBe(4);
    expect(timeAt(moments, stepAt(moments, 1.5))).toBeCloseTo(1.5);
    expect(timeAt(moments, 4)).toBe(0.5);
    // Several turns at one time: the last of them.
    expect(stepAt(moments, 2.5)).toBe(7);
    expect(stepAt(moments, 99)).toBeCloseTo(9, 0);
  });

  test('never go back, also with a step inside of another', () => {
    const story = new TraceStory();
    const main = story.task('Task-1', 'main', 0);
    const child = story.task('Task-2', 'child', 0.1, main);
    story.step(child, { start: 0.1, end: 0.2, cause: 'created', by: main, eager: true, stands: ['child:2:4'] });
    story.step(main, { start: 0, end: 1, cause: 'created', stands: ['main:3:4'] });
    const { start, end, count } = momentsOf(lanesOf(story.bytes()));
    expect([count, [...start], [...end]]).toEqual([2, [0.1, 0.2], [0.2, 1]]);
  });
});

describe('where tasks stand', () => {
  test('in each turn', () => {
    const { timeline } = lanesOf(scenes.gather());
    const states = (turn: number) => [0, 1, 2].map((task) => taskAtTurn(timeline, task, turn).state);
    expect(states(0)).toEqual(['running', 'unborn', 'unborn']);
    expect(states(1)).toEqual(['suspended', 'running', 'ready']);
    expect(states(5)).toEqual(['suspended', 'running', 'suspended']);
    expect(states(6)).toEqual(['suspended', 'ended', 'suspended']);
    expect(states(10)).toEqual(['running', 'ended', 'ended']);
  });

  test('as lines, the running one first', () => {
    const { timeline } = lanesOf(scenes.gather());
    expect(placesAt(timeline, 2, t).map(({ name, state, line, waits }) => [name, state, line, waits])).toEqual([
      ['Task-3', 'running', 1, ''],
      ['Task-1', 'suspended', 12, 'gather of 2'],
      ['Task-2', 'suspended', 2, 'sleep 1 s'],
    ]);
  });
});

describe('findings', () => {
  const found = (bytes: Uint8Array) => {
    const { timeline } = lanesOf(bytes);
    return problemsOf(timeline).map((problem) => ({ ...problem, ...problemWords(timeline, problem, t) }));
  };

  test('a step that held the loop, with what it cost others', () => {
    const [blocking, ...others] = found(scenes.blocking());
    expect(others).toEqual([]);
    expect(blocking).toMatchObject({
      kind: 'blocking',
      severity: 'warning',
      task: 3,
      start: 0.5,
      end: 2.5,
      cost: 1.5,
      late: 1,
      times: 1,
      title: 'Task-3 (blocker) blocked the event loop for 2 s at line 4: time.sleep(1.7)',
    });
    expect(blocking.why).toMatch(/^Called through save\(data\) \(line 15\)\./);
    expect(blocking.why).toMatch(/Another task was ready and had to wait 1.5 s for its turn.$/);
    expect(blocking.advice).toContain('asyncio.to_thread');
    expect(blocking.advice).toContain('await asyncio.sleep(1.7)');
  });

  test('those of one place are told together', () => {
    const story = new TraceStory();
    const main = story.task('Task-1', 'main', 0);
    for (let i = 0; i < 3; i++)
      story.step(main, {
        start: i,
        end: i + 0.2 + i / 10,
        cause: i ? 'timer' : 'created',
        stands: ['main:4:4'],
        wait: ['sleep', 'sleep'],
      });
    story.done(main, 4).step(main, { start: 4 });
    expect(found(story.bytes()).map(({ title, times }) => [title, times])).toEqual([
      ['Task-1 (main) blocked the event loop 3 times without an await, for up to 400 ms.', 3],
    ]);
  });

  test('lost exceptions and cancellations; nothing about how tasks end that the record does not see', () => {
    expect(found(scenes.cut()).map(({ kind, title }) => [kind, title])).toEqual([
      ['blocking', 'broken (broken) blocked the event loop for 200 ms without an await.'],
      ['never-retrieved', 'broken (broken) failed with ValueError: no such row, and nobody noticed.'],
      ['cancelled', 'slow (slow) was cancelled by main (main).'],
    ]);
  });

  test('nothing in a program that has no problem', () => {
    expect(found(scenes.gather())).toEqual([]);
  });
});
