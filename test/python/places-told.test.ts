import { describe, expect, test } from 'vitest';
import { storyOf } from '../../src/core/describe/story';
import { sentenceSource, sentenceText } from '../../src/core/describe/story-words';
import { problemWords } from '../../src/core/findings/finding-words';
import { problemsOf } from '../../src/core/findings/findings';
import { buildLanes } from '../../src/core/lanes/lanes';
import type { Timeline } from '../../src/core/timeline/model';
import { translator } from '../../src/core/translate';
import { interpreters, program, runs } from '../engines/here';

/** The order of the story, the lines that it names, and advice that fits the place. */

const t = translator(undefined);
const engines = [{ version: 'embedded', command: 'embedded' }, ...interpreters];

async function on(command: string, source: string) {
  const { timeline } = await runs(program(`import asyncio\n${source}\n`), { engine: command, clock: 'virtual' });
  const lanes = buildLanes(timeline);
  const told = storyOf(lanes);
  const story = Array.from({ length: told.count }, (_, i) => ({
    text: sentenceText(lanes, told, told.sentence(i), t),
    line: sentenceSource(lanes, told.sentence(i))?.line,
  }));
  return { timeline, story };
}

function advised(timeline: Timeline, kind: string): string[] {
  return problemsOf(timeline)
    .filter((problem) => problem.kind === kind)
    .map((problem) => problemWords(timeline, problem, t).advice);
}

describe.each(engines)('$version', ({ command }) => {
  test('who waits for a task is woken by its end, not by what it printed before; an event wakes where it is set', async () => {
    const { story } = await on(
      command,
      `async def waits(event):
    await event.wait()
async def work(event):
    await asyncio.sleep(1)
    event.set()
    print("done")
async def main():
    event = asyncio.Event()
    other = asyncio.create_task(waits(event))
    await asyncio.create_task(work(event))
    await other
asyncio.run(main())`,
    );
    const texts = story.map(({ text }) => text);
    expect(texts).toContain(
      'work(event) resumes after its sleep of 1 s. It prints “done”. That wakes waits(event). It ends. Its end wakes main(). Ready now: waits(event), main().',
    );
  });

  test('a wait within wait_for is told with the line of wait_for', async () => {
    const { story } = await on(
      command,
      `async def inner():
    await asyncio.sleep(10)
async def main():
    try:
        await asyncio.wait_for(inner(), 2)
    except asyncio.TimeoutError:
        print("late")
asyncio.run(main())`,
    );
    const wait = story.find(({ text }) => text.includes('awaits wait_for('));
    expect(wait).toMatchObject({ text: expect.stringContaining('At line 6 it awaits wait_for('), line: 6 });
  });

  test('what asyncio does at the end of a run that failed at once is no story of the program', async () => {
    const { story, timeline } = await on(command, 'async def main():\n    pass\nasyncio.run(main)');
    expect(story.filter(({ text }) => !text.startsWith('The program ends'))).toEqual([]);
    expect(advised(timeline, 'uncaught')).toEqual(['Write main(), with parentheses.']);
  });

  test('a second await is one finding, though the program ends with it', async () => {
    const { timeline } = await on(
      command,
      'async def f():\n    pass\nasync def main():\n    c = f()\n    await c\n    await c\nasyncio.run(main())',
    );
    expect(problemsOf(timeline).map(({ kind }) => kind)).toEqual(['awaited-twice']);
  });

  test.each([
    ['await client.get(url)', 'with # coroscope: takes 800ms returns … behind the await in line 3'],
    ['async for x in stream: pass', 'with # coroscope: yields 3 every 500ms behind the async for in line 3'],
    ['async with pool: pass', 'with # coroscope: takes 800ms behind the async with in line 3'],
    ['show(1)', 'Define or import show before this line runs.'],
  ])('a fragment that lacks a name is told which one, and how to run it all the same: %s', async (line, advice) => {
    const { timeline } = await on(command, `async def main():\n    ${line}\nasyncio.run(main())`);
    const [problem] = problemsOf(timeline);
    const words = problemWords(timeline, problem, t);
    const name = /(?:await|in|with)?\s*\b(client|stream|pool|show)\b/.exec(line)![1];
    expect(words.why).toMatch(new RegExp(`^Line 3 needs ${name}, which nothing had defined or imported by then\\.`));
    expect(words.advice).toContain(advice);
  });

  test('what to write for a coroutine that nobody awaits depends on where it was made', async () => {
    const { timeline } = await on(
      command,
      `async def f():
    pass
def helper():
    f()
async def main():
    f()
    helper()
f()
helper()
asyncio.run(main())`,
    );
    const made = problemsOf(timeline).map((problem) => ({
      line: timeline.sites[problem.site]?.line,
      advice: problemWords(timeline, problem, t).advice,
    }));
    const at = (line: number) => [...new Set(made.filter((each) => each.line === line).map(({ advice }) => advice))];
    expect(at(7)).toEqual(['Write await f(…), or asyncio.create_task(f(…)) to run it concurrently.']);
    expect(at(9)).toEqual([expect.stringMatching(/^Write asyncio\.run\(f\(…\)\): outside of functions/)]);
    expect(at(5)).toEqual([expect.stringMatching(/^A plain function cannot await: make it async def/)]);
  });
});
