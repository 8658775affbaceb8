import { afterAll, describe, expect, test } from 'vitest';
import korean from '../../../l10n/bundle.l10n.ko.json';
import { buildLanes, type Lanes } from '../../../src/core/lanes/lanes';
import { type Question, questionsOf } from '../../../src/core/predict/questions';
import { reasonOf } from '../../../src/core/predict/reason';
import { choiceText, questionText, situationText } from '../../../src/core/predict/words';
import { readTimeline } from '../../../src/core/timeline/build';
import { State } from '../../../src/core/timeline/model';
import { translator } from '../../../src/core/translate';
import { disposeEngines } from '../../../src/engines/run';
import { program, runs } from '../../engines/here';
import { TraceStory } from '../encode';

const t = translator(undefined);
afterAll(disposeEngines);

async function lanesOf(source: string): Promise<Lanes> {
  const file = program(`import asyncio\n${source}\n`);
  const { timeline } = await runs(file, { engine: 'embedded', clock: 'virtual' });
  return buildLanes(timeline);
}

const answers = (lanes: Lanes, questions: readonly Question[]) =>
  questions.map(({ choices, right }) => choiceText(lanes, choices[right], t));

/** What the timeline itself says, apart from how questions are found. */
function holds({ timeline, library }: Lanes, { asks, turn, choices, right }: Question): boolean {
  const answer = choices[right];
  if (asks === 'output') {
    const next = timeline.output.find(({ step, text }) => Math.floor(step) > turn && text.trim() !== '');
    return answer.kind === 'output' && next !== undefined && next.text.startsWith(answer.text);
  }
  const { segments, idle } = timeline;
  let first = -1;
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.running || library.has(segments.task[row])) continue;
    if (segments.startStep[row] > turn && (first < 0 || segments.startStep[row] < segments.startStep[first]))
      first = row;
  }
  const waits = idle.some(
    ({ start, end, startStep }) => end > start && startStep > turn && startStep < segments.startStep[first],
  );
  return answer.kind === 'none' ? waits : answer.kind === 'task' && !waits && answer.task === segments.task[first];
}

const PROGRAMS = {
  breakfast: `async def fry(what, seconds):
    print(what, "in")
    await asyncio.sleep(seconds)
    print(what, "out")
async def main():
    await asyncio.gather(fry("eggs", 2), fry("bacon", 3), fry("toast", 1))
    print("served")
asyncio.run(main())`,
  yielding: `async def count(name):
    for i in range(3):
        print(name, i)
        await asyncio.sleep(0)
async def main():
    await asyncio.gather(count("a"), count("b"))
asyncio.run(main())`,
  queue: `async def worker(name, queue):
    while True:
        item = await queue.get()
        await asyncio.sleep(item)
        print(name, item)
        queue.task_done()
async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(worker(n, queue)) for n in ("one", "two")]
    for item in (1, 3, 1):
        await queue.put(item)
    await queue.join()
    for task in tasks:
        task.cancel()
asyncio.run(main())`,
};

describe.each(Object.entries(PROGRAMS))('%s', (_, source) => {
  test('each right answer is what the timeline tells, once among the choices', async () => {
    const lanes = await lanesOf(source);
    const questions = questionsOf(lanes);
    expect(questions.length).toBeGreaterThanOrEqual(5);
    expect(questions.length).toBeLessThanOrEqual(10);
    let before = -1;
    for (const question of questions) {
      expect(question.turn).toBeGreaterThanOrEqual(before);
      expect(question.until).toBeGreaterThan(question.turn);
      before = question.until;
      expect(holds(lanes, question)).toBe(true);
      const texts = question.choices.map((choice) => choiceText(lanes, choice, t));
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.length).toBeGreaterThanOrEqual(2);
      expect(reasonOf(lanes, question, t).length).toBeGreaterThan(0);
    }
    expect(questionsOf(lanes)).toEqual(questions);
  });
});

test('it asks what learners get wrong: who starts first, whether the caller goes on, who wakes first', async () => {
  const lanes = await lanesOf(PROGRAMS.breakfast);
  const questions = questionsOf(lanes);
  expect(answers(lanes, questions).slice(0, 2)).toEqual(["fry('eggs', 2)", "fry('bacon', 3)"]);
  const [first, second] = questions;
  expect(situationText(lanes, first, t)).toMatch(/^main\(\) has run to line 7 and is suspended there: gather\(/);
  expect(questionText(first, t)).toBe('Which task runs next?');
  // The caller is among the choices: that it goes on is what many believe.
  expect(second.choices.map((choice) => choiceText(lanes, choice, t))).toContain('main()');
  const wakes = questions.find(({ turn }) =>
    situationText(lanes, { ...first, turn }, t).startsWith('No task is ready'),
  );
  expect(wakes && choiceText(lanes, wakes.choices[wakes.right], t)).toBe("fry('toast', 1)");
  expect(questions.some(({ asks }) => asks === 'output')).toBe(true);
  const ko = translator(korean);
  expect(questionText(first, ko)).toBe('다음에 실행되는 태스크는 무엇일까요?');
  expect(situationText(lanes, first, ko)).toContain('7번째 줄');
});

test('the situation does not tell the answer', async () => {
  const lanes = await lanesOf(PROGRAMS.yielding);
  for (const question of questionsOf(lanes)) {
    const said = situationText(lanes, question, t);
    const answer = question.choices[question.right];
    if (answer.kind === 'task' && !said.startsWith('main()')) expect(said).not.toContain(choiceText(lanes, answer, t));
  }
});

test('the reason is what was ready and due, and does not answer the next question', async () => {
  const lanes = await lanesOf(PROGRAMS.breakfast);
  const reasons = questionsOf(lanes).map((question) => reasonOf(lanes, question, t));
  const order = 'The event loop runs ready tasks in the order in which they became ready: ';
  expect(reasons[0]).toEqual([
    "Ready now: fry('eggs', 2), fry('bacon', 3), fry('toast', 1).",
    `${order}fry('eggs', 2) is the first.`,
  ]);
  expect(reasons[2].join(' ')).toMatch(/fry\('toast', 1\) starts\. It prints “toast in”/);
  expect(reasons[3]).toEqual(['No task is ready: each one waits for something, or has ended.']);
  expect(reasons[4]).toEqual([
    "No task is ready. Due: at 1 s fry('toast', 1); at 2 s fry('eggs', 2); at 3 s fry('bacon', 3). The virtual clock jumps ahead by 1 s, to the first of them.",
    "The timer of fry('toast', 1) is due: the event loop puts it in the ready queue.",
    `${order}fry('toast', 1) is the first.`,
  ]);
});

test('what chance decides is not asked: ties, threads, and the order of timers on a real clock', async () => {
  const tied = new TraceStory();
  const main = tied.task('Task-1', 'main', 0);
  tied.step(main, { start: 0, stands: ['main:2:4'], wait: ['sleep', 'sleep 1 s', { delay: 1 }] });
  tied.idle(0, 1).tie(1);
  tied.step(main, { start: 1, cause: 'timer' });
  const read = (story: TraceStory) => buildLanes(readTimeline(story.bytes()));
  expect(questionsOf(read(tied)).filter(({ turn }) => turn >= 1)).toEqual([]);
  const real = new TraceStory('/p/a.py', 'real');
  const only = real.task('Task-1', 'main', 0);
  real.step(only, { start: 0, stands: ['main:2:4'], wait: ['sleep', 'sleep 1 s', { delay: 1 }] });
  real.idle(0, 1);
  real.step(only, { start: 1, cause: 'timer' });
  expect(questionsOf(read(real))).toEqual([]);
});

test('a run without tasks has no questions', () => {
  expect(questionsOf(buildLanes(readTimeline(new TraceStory().bytes())))).toEqual([]);
});
