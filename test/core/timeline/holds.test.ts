import { describe, expect, test } from 'vitest';
import { describeSegment } from '../../../src/core/describe/describe';
import { problemWords } from '../../../src/core/findings/finding-words';
import { problemsOf } from '../../../src/core/findings/findings';
import { timelineJson } from '../../../src/core/json/json';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { readTimeline } from '../../../src/core/timeline/build';
import { holdOfSegment } from '../../../src/core/timeline/holds';
import { State, type Timeline } from '../../../src/core/timeline/model';
import { translator } from '../../../src/core/translate';
import { TraceStory } from '../encode';

const t = translator(undefined);

/** `main` runs from 0 to 1 s, in which it was sampled as told. */
function run(tell: (story: TraceStory) => void, clock: 'virtual' | 'real' = 'real'): Timeline {
  const story = new TraceStory('/project/demo.py', clock);
  story.holds = 'sampled';
  const main = story.task('Task-1', 'main', 0);
  tell(story);
  story.step(main, { start: 0, end: 1, cause: 'created', seq: 0 }).done(main, 1);
  return readTimeline(story.bytes());
}

function blame(timeline: Timeline): string | undefined {
  const found = problemsOf(timeline).find(({ kind }) => kind === 'blocking');
  return found && problemWords(timeline, found, t).title;
}

describe('what is blamed for a step that held the loop', () => {
  test('the call in the innermost function of the user that blocks', () => {
    const timeline = run((story) => story.held(['main:10:4=deep()', 'deep!:5:4=time.sleep(1)'], 0, 1, { blocked: 1 }));
    expect(blame(timeline)).toBe('Task-1 (main) blocked the event loop for 1 s at line 5: time.sleep(1)');
    const [{ site }] = problemsOf(timeline);
    expect(timeline.sites[site]).toMatchObject({ line: 5, call: 'time.sleep(1)' });
  });

  test('one of several calls, with its own time', () => {
    const timeline = run((story) => {
      story.held(['main:4:4=time.sleep(0.4)'], 0, 0.4, { blocked: 0.4 });
      story.held(['main:5:4=time.sleep(0.6)'], 0.4, 1, { blocked: 0.6 });
    });
    expect(blame(timeline)).toBe(
      'Task-1 (main) blocked the event loop for 1 s, 600 ms of it at line 5: time.sleep(0.6)',
    );
  });

  test('the call into a library, not the line in it', () => {
    const timeline = run((story) =>
      story.held(['main:10:4=requests.get(url)', '~get!:70:4', '~recv!:900:4'], 0, 1, { blocked: 1 }),
    );
    expect(blame(timeline)).toContain('at line 10: requests.get(url)');
    const json = timelineJson(timeline).findings[0].blockedBy;
    expect(json?.at).toMatchObject({ line: 10, call: 'requests.get(url)' });
    expect(json?.chain.map(({ line }) => line)).toEqual([10, 70, 900]);
  });

  test('the call of a function that computes, whatever line of it was seen', () => {
    const timeline = run((story) => {
      story.held(['main:10:4=crunch(5)', 'crunch!:3:8=x += i'], 0, 0.6, { computing: 0.6 });
      story.held(['main:10:4=crunch(5)', 'crunch!:4:8=x ^= i'], 0.6, 1, { computing: 0.4 });
    });
    expect(blame(timeline)).toContain('at line 10: crunch(5)');
  });

  test('a line of a coroutine that computes by itself, in an inner coroutine too: never the await of it', () => {
    const timeline = run((story) =>
      story.held(['main:10:4=await judge(1)', 'judge:3:8=while True:'], 0, 1, { computing: 1 }),
    );
    expect(blame(timeline)).toContain('at line 3: while True:');
  });

  test('the caller of several calls of which none took most', () => {
    const timeline = run((story) => {
      story.held(['main:10:4=load(3)', 'load!:3:8=time.sleep(a)'], 0, 0.4, { blocked: 0.4 });
      story.held(['main:10:4=load(3)', 'load!:4:8=time.sleep(b)'], 0.4, 0.7, { blocked: 0.3 });
      story.held(['main:10:4=load(3)', 'load!:5:8=time.sleep(c)'], 0.7, 1, { blocked: 0.3 });
    });
    expect(blame(timeline)).toContain('at line 10: load(3)');
  });

  test('the one that took most, where a short one came first', () => {
    const timeline = run((story) => {
      story.held(['main:9:4=parse(a)'], 0, 0.2, { computing: 0.2 });
      story.held(['main:10:4=time.sleep(0.8)'], 0.2, 1, { blocked: 0.8 });
    });
    expect(blame(timeline)).toContain('at line 10: time.sleep(0.8)');
  });
});

describe('no alarm', () => {
  test('where nothing was found: other programs had the processor', () => {
    expect(blame(run(() => {}))).toBeUndefined();
  });

  test('where the step itself did little', () => {
    expect(blame(run((story) => story.held(['main:10:4=f()'], 0, 1, { computing: 0.05 })))).toBeUndefined();
  });

  test('and the part of the step that it did is told', () => {
    expect(blame(run((story) => story.held(['main:10:4=f()'], 0, 1, { computing: 0.3 })))).toContain('for 300 ms at');
  });

  test('a process that was stopped after the last sample did nothing', () => {
    expect(blame(run((story) => story.held(['main:10:4=f()'], 0, 0.05, { computing: 0.05 })))).toContain('for 150 ms');
  });
});

test('on the virtual clock a step is as long as it says', () => {
  expect(blame(run(() => {}, 'virtual'))).toBe('Task-1 (main) blocked the event loop for 1 s without an await.');
});

test.each([
  ['interpreter', 0.15, {}, true],
  // There it takes 2 to 4 times as long as where the program is meant to run.
  ['embedded', 0.15, { computing: 0.15 }, false],
  ['embedded', 0.15, {}, false],
  ['embedded', 0.15, { blocked: 0.15 }, true],
  ['embedded', 0.3, { computing: 0.3 }, true],
] as const)('on the %s a step of %d s with %o is slow: %s', (engine, length, held, slow) => {
  const story = new TraceStory('/project/demo.py', 'virtual');
  Object.assign(story, { engine, holds: 'sampled' });
  const main = story.task('Task-1', 'main', 0);
  story.held(['main:10:4=f()'], 0, length, held);
  story.step(main, { start: 0, end: length, cause: 'created', seq: 0 }).done(main, length);
  expect(blame(readTimeline(story.bytes())) !== undefined).toBe(slow);
});

test('the bar, its description and its link tell the call', () => {
  const timeline = run((story) => story.held(['main:10:4=time.sleep(1)'], 0, 1, { blocked: 1 }));
  const lanes = buildLanes(timeline);
  const [, running] = [0, 1];
  expect(timeline.segments.state[running]).toBe(State.running);
  expect(holdOfSegment(timeline, running)?.share).toBe(1);
  expect([...lanes.holds]).toEqual([[0, [running]]]);
  const description = describeSegment(lanes, running, t);
  expect(description.source).toMatchObject({ line: 10 });
  expect(description.facts).toContainEqual({
    term: 'Blocked by',
    text: 'time.sleep(1) waits, 1 s',
    link: { kind: 'source', file: '/project/demo.py', line: 10, column: 4 },
  });
});

describe('a record that ends inside a step', () => {
  function ends(tell: (story: TraceStory, main: number) => void): Timeline {
    const story = new TraceStory('/project/demo.py', 'real');
    story.holds = 'sampled';
    const main = story.task('Task-1', 'main', 0);
    story.step(main, {
      start: 0,
      cause: 'created',
      seq: 0,
      stands: ['main:3:4', '~sleep:600:8'],
      wait: ['sleep', 'sleep 1 s', { delay: 1 }],
    });
    story.idle(0, 1);
    tell(story, main);
    return readTimeline(story.bytes({ ended: false }));
  }
  const states = ({ segments }: Timeline) =>
    Array.from({ length: segments.count }, (_, i) => [
      ['ready', 'running', 'suspended'][segments.state[i]],
      segments.start[i],
      segments.end[i],
    ]);

  test('keeps the last wait, and the step begins where it began', () => {
    const timeline = ends((story, main) => story.woken(main, 1).cut(main, 1.2, 4, 'main:4:4'));
    expect(states(timeline).slice(2)).toEqual([
      ['suspended', 0, 1],
      ['ready', 1, 1.2],
      ['running', 1.2, 4],
    ]);
    expect(problemsOf(timeline).filter(({ kind }) => kind === 'unfinished')).toEqual([]);
  });

  test('is told by its samples, as they were written', () => {
    const timeline = ends((story, main) => {
      story.held(['main:4:4=time.sleep(9)'], 1.2, 2, { blocked: 0.8 });
      story.woken(main, 1).cut(main, 1.2, 2, 'main:4:4');
      story.held(['main:4:4=time.sleep(9)'], 2, 4, { blocked: 2 });
      story.woken(main, 1).cut(main, 1.2, 4, 'main:4:4');
    });
    expect(blame(timeline)).toBe('Task-1 (main) blocked the event loop for 2.8 s at line 4: time.sleep(9)');
  });

  test('a step that was long and ended is that step', () => {
    const timeline = ends((story, main) => {
      story.held(['main:4:4=time.sleep(9)'], 1.2, 2, { blocked: 0.8 });
      story.woken(main, 1).cut(main, 1.2, 2, 'main:4:4');
      story.step(main, { ready: 1, start: 1.2, end: 4 }).done(main, 4);
    });
    expect(states(timeline).slice(2)).toEqual([
      ['suspended', 0, 1],
      ['ready', 1, 1.2],
      ['running', 1.2, 4],
    ]);
    expect(timeline.tasks[0].outcome.kind).toBe('result');
  });
});
