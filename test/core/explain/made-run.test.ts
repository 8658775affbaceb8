import { expect, test } from 'vitest';
import { runsOf, tasksMadeAt } from '../../../src/core/explain/made-run';
import { madeWords, ranWords } from '../../../src/core/explain/made-run-words';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { TraceStory } from '../encode';

const FILE = '/project/demo.py';
const t = translator(undefined);

/** `main` makes two workers at line 7 and one at line 9; the second fails, the last never ends. */
function workers() {
  const story = new TraceStory();
  const main = story.task('main', 'main', 0);
  const [one, two, three] = [7, 7, 9].map((line, i) => story.task(`worker ${i}`, 'work', 0, main, line));
  story.step(main, { start: 0, cause: 'created', stands: ['main:8:4'], wait: ['gather', 'gather(…)'] });
  for (const task of [one, two, three])
    story.step(task, { start: 0, cause: 'created', stands: ['work:3:4'], wait: ['sleep', 'sleep 1 s'] });
  story.idle(0, 1).step(one, { start: 1 }).done(one, 1);
  story.step(two, { start: 2 }).done(two, 2, 'exception', 'ValueError');
  return readTimeline(story.bytes());
}

test('the tasks that a call made, and what became of them', () => {
  const made = tasksMadeAt(workers(), FILE, { line: 7, column: 4 });
  expect(made.map(({ name }) => name)).toEqual(['worker 0', 'worker 1']);
  expect(madeWords(made, t)).toEqual([
    '2 tasks were created here: `worker 0`, `worker 1`. The longest lived for 2 s.',
    'Raised an exception: 1 of 2.',
  ]);
});

test('another call of that line made none', () => {
  const made = tasksMadeAt(workers(), FILE, { line: 7, column: 30 });
  expect(madeWords(made, t)).toEqual(['No task was created here.']);
});

test('a single one is told as one', () => {
  const [first, ...rest] = madeWords(tasksMadeAt(workers(), FILE, { line: 9, column: 4 }), t);
  expect(first).toMatch(/^A task was created here: `worker 2`\. It lived for/);
  expect(rest).toEqual(['It had not finished when the recording ended.']);
});

test('a function’s runs', () => {
  const story = new TraceStory();
  const main = story.task('main', 'main', 0);
  const spans = [0, 1, 2].map((at) => story.enter(main, 'work', at));
  story.step(main, { start: 0, end: 3, cause: 'created' });
  for (const span of spans.slice(1)) story.leave(span, 3);
  const timeline = readTimeline(story.done(main, 3).bytes());
  const [{ code }] = timeline.coroutines;
  const runs = runsOf(timeline, FILE, code.firstLine, 'work');
  expect(ranWords(runs, t)).toEqual([
    'It ran 3 times, 3 s at the longest.',
    'Not finished when the recording ended: 1 of 3.',
  ]);
  expect(ranWords(runsOf(timeline, FILE, code.firstLine, 'other'), t)).toEqual(['It never ran.']);
});
