import { describe, expect, test } from 'vitest';
import korean from '../../l10n/bundle.l10n.ko.json';
import { storyOf } from '../../src/core/describe/story';
import { sentenceText } from '../../src/core/describe/story-words';
import { problemWords } from '../../src/core/findings/finding-words';
import { problemsOf } from '../../src/core/findings/findings';
import { buildLanes } from '../../src/core/lanes/lanes';
import { translator } from '../../src/core/translate';
import { interpreters, program, runs } from '../engines/here';

/** What learners ask and believe: the facts that the story and the findings of a program of theirs must tell, in both languages. */

const engines = [{ version: 'embedded', command: 'embedded' }, ...interpreters];
const english = translator(undefined);
const inKorean = translator(korean);

async function told(command: string, source: string) {
  const { timeline } = await runs(program(`import asyncio, time\n${source}\n`), { engine: command, clock: 'virtual' });
  const lanes = buildLanes(timeline);
  const story = storyOf(lanes);
  const say = (t: typeof english) => [
    ...Array.from({ length: story.count }, (_, i) => sentenceText(lanes, story, story.sentence(i), t)),
    ...problemsOf(timeline).map((problem) => {
      const { title, why, advice } = problemWords(timeline, problem, t);
      return `${title} ${why} ${advice}`;
    }),
  ];
  return { en: say(english), ko: say(inKorean), count: story.count };
}

const COUNT = `async def count(n):
    print("start", n)
    await asyncio.sleep(n)
    print("end", n)
async def main():
    await asyncio.gather(count(1), count(2))
asyncio.run(main())
print("bye")`;

describe.each(engines)('$version', ({ command }) => {
  test('when gather registers its tasks, to whom control goes, and how the loop knows that a sleep is over', async () => {
    const { en, ko, count } = await told(command, COUNT);
    const all = en.join('\n');
    expect(all).toMatch(/^asyncio\.run\(\) creates an event loop .* Ready now: .*main/m);
    expect(all).toMatch(
      /gather creates .* and puts them at the end of the ready queue\. None of them has started yet\./,
    );
    expect(all).toMatch(/awaits sleep\(1\) and is suspended\. That sets a timer and creates no task\./);
    expect(all).toContain('Control goes to the event loop, not to main().');
    expect(all).toMatch(
      /No task is ready\. Due: at 1 s .*count.*; at 2 s .*count.*\. The virtual clock jumps ahead by 1 s, to the first/,
    );
    expect(all).toMatch(/The timer of .*count.* is due: the event loop puts it in the ready queue\./);
    expect(all).toMatch(/, the last of gather's tasks, has finished\. .*main.* is ready again\./);
    expect(all).toContain('asyncio.run() closes the event loop and returns. Then the program prints “bye”.');
    const whole = ko.join('\n');
    expect(whole).toContain('준비 큐 맨 뒤에 차례로 넣습니다. 아직 아무것도 시작되지 않았습니다.');
    expect(whole).toContain('제어는 main()이 아니라 이벤트 루프로 넘어갑니다.');
    expect(whole).toMatch(/예정된 타이머: 1초에 .*; 2초에 /);
    expect(whole).toContain('asyncio.run()이 이벤트 루프를 닫고 반환합니다.');
    expect(whole).not.toMatch(/[이은을]\([가는를]\)/);
    // The right length: the story of a small program takes a page, not a book.
    expect(count).toBeGreaterThanOrEqual(10);
    expect(count).toBeLessThanOrEqual(25);
  });

  test('gather cancels nothing, a TaskGroup does', async () => {
    const bad = `async def ok():
    await asyncio.sleep(1)
async def bad():
    await asyncio.sleep(0.5)
    raise ValueError("boom")
`;
    const { en, ko } = await told(
      command,
      `${bad}async def main():
    try:
        await asyncio.gather(ok(), bad())
    except ValueError:
        print("caught")
    await asyncio.sleep(2)
asyncio.run(main())`,
    );
    expect(en.join('\n')).toMatch(
      /bad.* failed, so gather raises ValueError: boom at line 9\. .*ok.* keeps running: gather cancels nothing\./,
    );
    expect(ko.join('\n')).toMatch(
      /bad.*가 실패해서 gather가 .*9번째 줄에서 ValueError: boom 예외를 발생시킵니다\. gather는 아무것도 취소하지 않으므로 .*ok.*은 계속 실행됩니다\./,
    );
    const collected = await told(
      command,
      `${bad}async def main():
    await asyncio.gather(bad(), ok(), return_exceptions=True)
asyncio.run(main())`,
    );
    expect(collected.en.join('\n')).not.toContain('gather raises');
  });

  test('an await that has nothing to wait for lets nobody else run', async () => {
    const { en, ko } = await told(
      command,
      `async def quick():
    return 1
async def main():
    await quick()
    await asyncio.sleep(1)
asyncio.run(main())`,
    );
    expect(en.join('\n')).toContain(
      'await quick() at line 5 runs to its end without suspending: no other task gets a turn.',
    );
    expect(ko.join('\n')).toContain('5번째 줄의 await quick() 호출은 일시 중단되지 않고 끝까지 실행됩니다.');
  });

  test('why CPU work and time.sleep freeze all, also in an async def', async () => {
    const { en, ko } = await told(
      command,
      `async def beat():
    await asyncio.sleep(0.1)
async def blocks():
    time.sleep(1)
async def main():
    await asyncio.gather(beat(), blocks())
asyncio.run(main())`,
    );
    expect(en.join('\n')).toMatch(
      /It blocks the event loop for 1 s at line 5: time\.sleep\(1\): nothing else can run\./,
    );
    expect(en.join('\n')).toContain('in the only thread of the event loop. The loop cannot interrupt it');
    expect(ko.join('\n')).toContain('이벤트 루프의 하나뿐인 스레드에서');
  });

  test('why a coroutine was never awaited', async () => {
    const { en, ko } = await told(
      command,
      `async def job():
    print("never")
async def main():
    job()
asyncio.run(main())`,
    );
    expect(en.join('\n')).toContain('None of its code ran, because nobody awaited the object or made it a task.');
    expect(ko.join('\n')).toContain('이 객체를 await하거나 태스크로 만들지 않아서');
  });

  test('what is left when the main coroutine ends is cancelled by asyncio.run()', async () => {
    const { en, ko } = await told(
      command,
      `async def job():
    await asyncio.sleep(9)
async def main():
    task = asyncio.create_task(job())
    await asyncio.sleep(1)
asyncio.run(main())`,
    );
    expect(en.join('\n')).toMatch(
      /The main coroutine has ended\. asyncio\.run\(\) cancels the task that is left: .*job/,
    );
    expect(en.join('\n')).toMatch(/job.* resumes with CancelledError: it was cancelled while it awaited/);
    expect(ko.join('\n')).toContain('asyncio.run()이 남은 태스크를 취소합니다');
  });

  test('what repeats is folded', async () => {
    const { en, count } = await told(
      command,
      `async def main():
    for i in range(1000):
        await asyncio.sleep(0.1)
asyncio.run(main())`,
    );
    expect(count).toBeLessThan(20);
    expect(en.join('\n')).toMatch(/The same happens 99\d more times/);
  });
});
