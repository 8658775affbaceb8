import { describe, expect, test } from 'vitest';
import { State } from '../../src/core/timeline/model';
import { waitLabel } from '../../src/core/words/waits';
import { violations } from '../core/truths';
import { interpreters, program, runs } from '../engines/here';

/** Comments that direct a run, on the embedded Python and under every interpreter. */

const CRAWL = `import asyncio
import airhttp
from hypx import AsyncClient, HTTPError


async def fetch(url):
    async with airhttp.ClientSession() as session:  # coroscope: takes 100ms returns "session"
        page = await session.get(  # coroscope: takes 800ms returns {"status": 200, "url": url}
            never_evaluated(url),
        )
        return page


async def stream():
    async for event in agent.stream():  # coroscope: yields 3 every 500ms of ["가", "나"]
        print("event", event, asyncio.get_running_loop().time() >= 0)


async def publish(page):  # coroscope: raises TimeoutError("slow " + str(page)) after 2s
    "Never run."
    await nothing.at_all()


async def numbers():  # coroscope: yields 2 every 1s
    yield never


def block():  # coroscope: takes 300ms returns 5
    return never


async def main():
    print(await asyncio.gather(fetch("a"), fetch("b"), stream()))
    print([n async for n in numbers()], block(), publish.__doc__)
    print([x async for x in nowhere()])  # coroscope: yields 2
    try:
        await publish(3)
    except HTTPError:
        print("never")
    except TimeoutError as error:
        print("timeout:", error)
    client = AsyncClient
    await client().get("x")


asyncio.run(main())
`;

const engines = [
  ['embedded', { engine: 'embedded' }],
  ...interpreters.map(
    ({ version, command }) =>
      [version, { engine: command, clock: 'virtual' }] as [string, { engine: string; clock: 'virtual' }],
  ),
] as const;

describe.each(engines)('%s', (_name, options) => {
  test('what is simulated happens in the place of the line, and in its time', async () => {
    const { stdout, stderr, exit, timeline } = await runs(program(CRAWL), options);
    expect(stdout.split('\n')).toEqual([
      'event 가 True',
      'event 나 True',
      'event 가 True',
      "[{'status': 200, 'url': 'a'}, {'status': 200, 'url': 'b'}, None]",
      '[0, 1] 5 Never run.',
      '[0, 1]',
      'timeout: slow 3',
      '',
    ]);
    expect(exit).toBe(1);
    expect(stderr).toMatch(/MissingModuleError: hypx\.AsyncClient\(\) needs the module 'hypx'/);
    expect(stderr).not.toMatch(/placeholders\.py|simulated\.py/);
    expect(violations(timeline)).toEqual([]);

    const { segments, tasks, sites } = timeline;
    const waits = Array.from({ length: segments.count }, (_, i) => i)
      .filter((i) => segments.state[i] === State.suspended)
      .map((i) => {
        let site = sites[segments.site[i]];
        while (site && !site.code.user) site = sites[site.parent];
        const length = Math.round((segments.end[i] - segments.start[i]) * 1000);
        return `${tasks[segments.task[i]].coroutine}:${site?.line} ${waitLabel(timeline, i)} = ${length}`;
      });
    expect(waits.filter((wait) => !wait.includes('gather'))).toEqual([
      'main:24 numbers() · 1 s = 1000',
      'main:24 numbers() · 1 s = 1000',
      'main:19 publish() · 2 s = 2000',
      'fetch:7 airhttp.ClientSession() · 0.1 s = 100',
      'fetch:8 session.get(never_evaluated(url)) · 0.8 s = 800',
      'fetch:7 airhttp.ClientSession() · 0.1 s = 100',
      'fetch:8 session.get(never_evaluated(url)) · 0.8 s = 800',
      'stream:15 agent.stream() · 0.5 s = 500',
      'stream:15 agent.stream() · 0.5 s = 500',
      'stream:15 agent.stream() · 0.5 s = 500',
    ]);
    // A plain function blocks the loop.
    const blocked = Array.from(segments.state, (state, i) =>
      state === State.running ? segments.end[i] - segments.start[i] : 0,
    );
    expect(Math.max(...blocked)).toBeCloseTo(0.3, 6);
  });

  test('labels and what is to be ignored', async () => {
    const { timeline } = await runs(
      program(`import asyncio

async def quick():  # coroscope: ignore
    await asyncio.sleep(1)

async def work(n):  # coroscope: label "Worker"
    await asyncio.sleep(n)  # coroscope: label "thinking"
    await quick()

asyncio.run(work(1))
`),
      options,
    );
    expect(timeline.tasks[0].coroutine).toBe('Worker');
    const { state } = timeline.segments;
    const waiting = Array.from({ length: timeline.segments.count }, (_, i) => i).filter(
      (i) => state[i] === State.suspended,
    );
    expect(waiting.slice(0, 2).map((i) => waitLabel(timeline, i))).toEqual(['thinking', 'sleep 1 s']);
    expect(timeline.sites[timeline.segments.site[waiting[1]]]?.code.user).toBe(false);
  });

  test('a name that the comment uses and that is not there is told at the comment', async () => {
    const text = 'import asyncio\nasync def main():\n    await x()  # coroscope: returns nobody\nasyncio.run(main())\n';
    const { exit, stderr } = await runs(program(text), options);
    expect(exit).toBe(1);
    expect(stderr).toMatch(
      /line 3, in (main|<lambda>|main\.<locals>\.<lambda>)\n(.|\n)*NameError: name 'nobody' is not defined/,
    );
  });

  test('comments are off when that is said', async () => {
    const text =
      'import asyncio\nasync def main():\n    await asyncio.sleep(0)  # coroscope: takes 5s\nasyncio.run(main())\n';
    const on = await runs(program(text), options);
    const off = await runs(program(text), { ...options, annotations: 'off' });
    expect([on.timeline.duration >= 5, off.timeline.duration < 1]).toEqual([true, true]);
  });
});

test('on the real clock comments are off unless asked for', async () => {
  const engine = interpreters[0]?.command;
  if (!engine) return console.log('skipped: no interpreter');
  const text =
    'import asyncio\nasync def main():\n    print(await asyncio.sleep(0, 1))  # coroscope: returns 2\nasyncio.run(main())\n';
  const { stdout } = await runs(program(text), { engine, clock: 'real' });
  const { stdout: asked } = await runs(program(text), { engine, clock: 'real', annotations: 'on' });
  expect([stdout, asked]).toEqual(['1\n', '2\n']);
});

test('a program that says what is simulated needs no interpreter for a module that is missing', async () => {
  const { chosen } = await runs(program(CRAWL));
  expect(chosen).toMatchObject({ engine: 'embedded', reason: 'Comments in the program say what to simulate.' });
});
