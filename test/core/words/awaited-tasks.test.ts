import { expect, test } from 'vitest';
import { readTimeline } from '../../../src/core/timeline/build';
import { tasksLabel } from '../../../src/core/words/waits';
import { TraceStory } from '../encode';

/** The label of a wait for as many tasks as there are names, each of which runs `get(n)`. */
function label(names: readonly string[], written: string): string | undefined {
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  const tasks = names.map((name) => story.task(name, 'get', 0, main, 5));
  for (const [n, task] of tasks.entries()) story.called(task, String(n));
  const wait = ['gather', written, { members: tasks }] as const;
  story.step(main, { start: 0, cause: 'created', seq: 0, stands: ['main:5:4'], wait });
  const timeline = readTimeline(story.bytes());
  return tasksLabel(timeline, timeline.waits.find((each) => each?.kind === 'gather')!);
}

test('tasks that are waited for are called by what they run, the first three of them', () => {
  expect(label(['Task-2', 'Task-3'], 'gather(Task-2, Task-3)')).toBe('gather(get(0), get(1))');
  const four = ['Task-2', 'Task-3', 'Task-4', 'Task-5'];
  expect(label(four, `gather(${four.join(', ')})`)).toBe('gather(get(0), get(1), get(2), +1)');
  expect(label([...four, 'Task-6', 'Task-7'], `gather(${four.join(', ')}, +2)`)).toBe(
    'gather(get(0), get(1), get(2), +3)',
  );
});

test('a name that somebody gave is told beside the call', () => {
  expect(label(['one', 'Task-3'], 'wait(one, Task-3)')).toBe('wait(get(0) (one), get(1))');
});

test('a label that names others is left as it is', () => {
  expect(label(['Task-2'], 'gather(Task-22)')).toBeUndefined();
  expect(label(['Task-2', 'Task-3'], 'gather of 2')).toBeUndefined();
});
