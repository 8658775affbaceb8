import { afterAll, expect, test } from 'vitest';
import korean from '../../l10n/bundle.l10n.ko.json';
import { storyOf } from '../../src/core/describe/story';
import { sentenceText } from '../../src/core/describe/story-words';
import { explainCall } from '../../src/core/explain/call';
import { explainSite } from '../../src/core/explain/site';
import { problemWords } from '../../src/core/findings/finding-words';
import { problemsOf } from '../../src/core/findings/findings';
import { buildLanes } from '../../src/core/lanes/lanes';
import { type Translate, translator } from '../../src/core/translate';
import { explainError } from '../../src/core/words/errors';
import { disposeEngines } from '../../src/engines/run';
import { awaitSites } from '../../src/source/await-sites';
import { callSites } from '../../src/source/call-sites';
import { program, runs } from '../engines/here';

/**
 * What learners believe about async and await, each on a program of its own: story, findings, errors and hovers must say the true thing
 * about that program, in both languages. On the embedded Python alone: the words are the same on every Python.
 */

afterAll(disposeEngines);

interface Facts {
  readonly en: readonly RegExp[];
  readonly ko: readonly RegExp[];
}

interface Belief {
  readonly believed: string;
  readonly source: string;
  /** Of the run: story, findings and errors together. */
  readonly run?: Facts;
  /** Of the hovers of a line, all of them together. */
  readonly hover?: Facts & { readonly line: number };
}

const beliefs: readonly Belief[] = [
  {
    believed: 'calling an async def runs it',
    source: `import asyncio
async def greet(name):
    print("hello", name)
async def main():
    made = greet("Ann")
    print("made")
    await made
asyncio.run(main())`,
    run: { en: [/prints “made hello Ann”/], ko: [/“made hello Ann”/] },
    hover: {
      line: 5,
      en: [/only creates a coroutine object here: none of its code has run yet/],
      ko: [/코루틴 객체만 .*아직 실행되지 않았습니다/],
    },
  },
  {
    believed: 'awaits one below the other overlap',
    source: `import asyncio
async def step(n):
    await asyncio.sleep(1)
async def main():
    await step(1)
    await step(2)
asyncio.run(main())`,
    run: {
      en: [
        /await step\(\) at line 5 runs it in this same task .* the next line runs when it has finished/,
        /ends after 2 s/,
      ],
      ko: [/5번째 줄의 await step\(\)은 새 태스크를 만들지 않고 .* 다음 줄은 그것이 끝나야 실행됩니다/],
    },
    hover: { line: 5, en: [/Only then does the next line run\./], ko: [/다음 줄은 그때에야 실행됩니다/] },
  },
  {
    believed: 'every await gives control away',
    source: `import asyncio
async def inner():
    print("inner")
async def other():
    print("other")
async def main():
    task = asyncio.create_task(other())
    await inner()
    await task
asyncio.run(main())`,
    run: {
      en: [/await inner\(\) at line 8 runs to its end without suspending: no other task gets a turn/],
      ko: [/8번째 줄의 await inner\(\) 호출은 일시 중단되지 않고/],
    },
    hover: { line: 8, en: [/It never suspends/, /no other task gets a turn/], ko: [/일시 중단되는 일이 없습니다/] },
  },
  {
    believed: 'awaiting a coroutine and awaiting a task are the same',
    source: `import asyncio
async def work(name):
    print("start", name)
    await asyncio.sleep(1)
async def main():
    task = asyncio.create_task(work("task"))
    await work("coroutine")
    await task
asyncio.run(main())`,
    run: {
      en: [
        /creates work\('task'\) and puts it at the end of the ready queue/,
        /await work\(\) at line 7 runs it in this same task and creates no other/,
      ],
      ko: [/7번째 줄의 await work\(\)는 새 태스크를 만들지 않고/],
    },
    hover: {
      line: 8,
      en: [/the loop runs it by itself, awaited or not/],
      ko: [/await하든 안 하든 루프가 알아서 실행합니다/],
    },
  },
  {
    believed: 'the order of the awaits decides the order of the starts',
    source: `import asyncio
async def work(name):
    await asyncio.sleep(1)
async def main():
    a = asyncio.create_task(work("a"))
    b = asyncio.create_task(work("b"))
    await b
    await a
asyncio.run(main())`,
    run: {
      en: [
        /None of them has started yet\. .* Ready now: work\('a'\), work\('b'\)\.[\s\S]*work\('a'\) starts[\s\S]*work\('b'\) starts/,
      ],
      ko: [/차례로 넣습니다/, /work\('a'\)[^\n]*시작[\s\S]*work\('b'\)[^\n]*시작/],
    },
  },
  {
    believed: 'a task that nobody awaits never runs',
    source: `import asyncio
async def job():
    print("runs")
    await asyncio.sleep(5)
async def main():
    task = asyncio.create_task(job())
    await asyncio.sleep(1)
asyncio.run(main())`,
    run: {
      en: [/job\(\) starts\. It prints “runs”/, /had not finished when the program ended, so it was cancelled/],
      ko: [/job\(\)[^\n]*시작[^\n]*“runs”/, /취소/],
    },
  },
  {
    believed: 'async def makes blocking code non-blocking',
    source: `import asyncio, time
async def fetch():
    time.sleep(2)
async def tick():
    await asyncio.sleep(0.5)
async def main():
    await asyncio.gather(tick(), fetch())
asyncio.run(main())`,
    run: {
      en: [
        /blocks the event loop for 2 s at line 3: time\.sleep\(2\): nothing else can run/,
        /was ready for 1\.5 s before it got its turn/,
      ],
      ko: [/이벤트 루프의 하나뿐인 스레드에서/],
    },
    hover: { line: 3, en: [/blocks the thread: no other task gets a turn/], ko: [/스레드를 .*막/] },
  },
  {
    believed: 'async makes CPU work faster',
    source: `import asyncio
async def count(n):
    total = 0
    for i in range(5_000_000):
        total += i
    return n
async def main():
    await asyncio.gather(count(1), count(2))
asyncio.run(main())`,
    run: {
      en: [
        /computes in the only thread of the event loop/,
        /count\(2\) starts\. It was ready for .* before it got its turn/,
      ],
      ko: [/이벤트 루프의 하나뿐인 스레드에서/],
    },
  },
  {
    believed: 'one thread: no races',
    source: `import asyncio
balance = 100
async def withdraw(amount):
    global balance
    if balance >= amount:
        await asyncio.sleep(1)
        balance -= amount
async def main():
    await asyncio.gather(withdraw(80), withdraw(80))
    print(balance)
asyncio.run(main())`,
    run: { en: [/prints “-60”/], ko: [/“-60”/] },
    hover: {
      line: 6,
      en: [/`balance`, which line 5 tests, may be different when line 7 changes it/],
      ko: [/5번째 줄에서 확인한 `balance`는 7번째 줄에서 바꿀 때 이미 달라졌을 수 있습니다/],
    },
  },
  {
    believed: 'anything may interleave anywhere',
    source: `import asyncio
async def write(name):
    print(name, 1)
    print(name, 2)
    await asyncio.sleep(0)
    print(name, 3)
async def main():
    await asyncio.gather(write("a"), write("b"))
asyncio.run(main())`,
    run: { en: [/prints “a 1 a 2”\. At line 5 it awaits sleep\(0\) and is suspended/], ko: [/“a 1 a 2”/] },
    hover: { line: 5, en: [/lets other ready tasks run/], ko: [/다른 태스크/] },
  },
  {
    believed: 'the loop keeps tasks alive',
    source: `import asyncio, gc
async def job():
    await asyncio.get_running_loop().create_future()
async def main():
    asyncio.create_task(job())
    await asyncio.sleep(1)
    gc.collect()
    await asyncio.sleep(1)
asyncio.run(main())`,
    run: { en: [/The event loop keeps only a weak reference to a task/], ko: [/약한 참조/] },
    hover: { line: 5, en: [/holds only a weak reference/], ko: [/약한 참조/] },
  },
  {
    believed: 'exceptions of background tasks show up by themselves',
    source: `import asyncio
async def job():
    raise ValueError("boom")
async def main():
    task = asyncio.create_task(job())
    await asyncio.sleep(1)
    print("still fine")
asyncio.run(main())`,
    run: {
      en: [/job\(\) starts\. It fails with ValueError: boom/, /A task keeps its exception until somebody awaits it/],
      ko: [/누군가 await할 때까지 예외를/],
    },
    hover: { line: 5, en: [/nobody waits for the result, and an exception is only logged/], ko: [/예외/] },
  },
  {
    believed: 'when one of gather fails the others are cancelled',
    source: `import asyncio
async def bad():
    raise ValueError("boom")
async def good():
    await asyncio.sleep(1)
    print("good is done")
async def main():
    try:
        await asyncio.gather(bad(), good())
    except ValueError:
        print("caught")
    await asyncio.sleep(2)
asyncio.run(main())`,
    run: {
      en: [
        /good\(\) keeps running: gather cancels nothing/,
        /good\(\) resumes after its sleep of 1 s\. It prints “good is done”/,
      ],
      ko: [/gather는 아무것도 취소하지 않으므로 good\(\)[은는] 계속 실행됩니다/],
    },
    hover: { line: 9, en: [/cancels nothing: the others keep running/], ko: [/취소하지 않/] },
  },
  {
    believed: 'cancel() is immediate',
    source: `import asyncio
async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cleaning up")
        await asyncio.sleep(1)
async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    task.cancel()
    print("cancel was called")
    await task
asyncio.run(main())`,
    run: {
      en: [
        /prints “cancel was called”\. It cancels stubborn\(\): CancelledError is raised there when that task runs next/,
        /stubborn\(\) resumes with CancelledError.* It prints “cleaning up”/,
      ],
      ko: [/CancelledError/],
    },
  },
  {
    believed: 'asyncio.run can be nested',
    source: `import asyncio
async def inner():
    return 1
async def main():
    asyncio.run(inner())
asyncio.run(main())`,
    run: {
      en: [/An event loop is already running in this thread, and a thread can run only one loop at a time/],
      ko: [/스레드.*이벤트 루프/],
    },
    hover: { line: 5, en: [/a loop is already running: this raises `RuntimeError`/], ko: [/RuntimeError/] },
  },
];

const languages = [
  ['en', translator(undefined)],
  ['ko', translator(korean)],
] as const;

test.each(beliefs)('$believed', async ({ source, run, hover }) => {
  const { timeline } = await runs(program(`${source}\n`), { engine: 'embedded', clock: 'virtual' });
  const lanes = buildLanes(timeline);
  const story = storyOf(lanes);
  const told = (t: Translate) =>
    [
      ...Array.from({ length: story.count }, (_, i) => sentenceText(lanes, story, story.sentence(i), t)),
      ...problemsOf(timeline).map((problem) => Object.values(problemWords(timeline, problem, t)).join(' ')),
      ...timeline.errors.map((error) => Object.values(explainError(error, t) ?? {}).join(' ')),
    ].join('\n');
  const hovers = (line: number, t: Translate) =>
    [
      ...awaitSites(source)
        .filter(({ keyword }) => keyword.start.line === line)
        .map((site) => explainSite(site, t)),
      ...callSites(source)
        .filter(({ range }) => range.start.line === line)
        .map((site) => explainCall(site, t)),
    ]
      .flat()
      .join('\n');
  for (const [language, t] of languages) {
    for (const fact of run?.[language] ?? []) expect(told(t)).toMatch(fact);
    for (const fact of hover?.[language] ?? []) expect(hovers(hover!.line, t)).toMatch(fact);
  }
});
