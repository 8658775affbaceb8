import { describe, expect, test } from 'vitest';
import { failureOf } from '../../../src/core/findings/failure';
import { problemWords } from '../../../src/core/findings/finding-words';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { TraceStory } from '../encode';

const english = translator(undefined);

/** Two jobs in a TaskGroup, which fail at lines 6 and 10. */
function group(): TraceStory {
  const story = new TraceStory('/project/demo.py', 'virtual');
  const main = story.task('Task-1', 'main', 0);
  const first = story.task('Task-2', 'job', 0, main, 14);
  const second = story.task('Task-3', 'bad', 0, main, 15);
  story.failed(first, 2, 'ValueError: no 2', 'job:6:4').failed(second, 2, "KeyError: 'key'", 'bad:10:4');
  story.failed(main, 2, 'ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)', 'main:13:15');
  return story;
}

describe('what ended a program', () => {
  test('is told with the task in which it was raised', () => {
    const story = new TraceStory('/project/demo.py', 'virtual');
    const main = story.task('Task-1', 'main', 0);
    const job = story.task('Task-2', 'job', 0, main, 14);
    story.failed(job, 2, 'ValueError: no', 'job:6:4').failed(main, 2, 'ValueError: no', 'job:6:4');
    story.uncaught('ValueError', 'no', 2, 'job:6:4');
    const timeline = readTimeline(story.bytes({ exit: 1 }));
    const failure = failureOf(timeline)!;
    expect(failure.task?.name).toBe('Task-2');
    expect(timeline.sites[failure.problem.site]?.line).toBe(6);
    expect(problemWords(timeline, failure.problem, english).title).toBe('ValueError: no');
  });

  test('of a group names what it holds, and stands where the first of it was raised', () => {
    const story = group().uncaught(
      'ExceptionGroup',
      'unhandled errors in a TaskGroup (2 sub-exceptions)',
      2,
      'main:13:15',
      [
        ['ValueError', 'no 2', 'job:6:4'],
        ['KeyError', "'key'", 'bad:10:4'],
      ],
    );
    const timeline = readTimeline(story.bytes({ exit: 1 }));
    const { problem, task } = failureOf(timeline)!;
    expect(task?.name).toBe('Task-2');
    expect(timeline.sites[problem.site]?.line).toBe(6);
    expect(timeline.sites[problem.error.site]?.line).toBe(13);
    expect(problemWords(timeline, problem, english)).toMatchObject({
      title: "ExceptionGroup: ValueError: no 2; KeyError: 'key'",
      advice: 'To handle it, put the async with into try: and write except* ValueError: below.',
    });
  });

  test('is not told of one that ended by itself, or by Ctrl+C', () => {
    expect(failureOf(readTimeline(group().bytes()))).toBeUndefined();
    const stopped = group().uncaught('KeyboardInterrupt', '', 2, 'main:13:15');
    expect(failureOf(readTimeline(stopped.bytes({ exit: 130 })))).toBeUndefined();
  });
});
