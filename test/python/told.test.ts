import { describe, expect, test } from 'vitest';
import { storyOf } from '../../src/core/describe/story';
import { sentenceText } from '../../src/core/describe/story-words';
import { problemWords } from '../../src/core/findings/finding-words';
import { problemsOf } from '../../src/core/findings/findings';
import { buildLanes } from '../../src/core/lanes/lanes';
import { State, type Timeline } from '../../src/core/timeline/model';
import { translator } from '../../src/core/translate';
import { noTaskText } from '../../src/core/words/no-task';
import { drawn } from '../core/drawn';
import { violations } from '../core/truths';
import { interpreters, program, runs } from '../engines/here';

/** Programs about which Coroscope once said something wrong. Its words must agree with what Python really does. */

const t = translator(undefined);
const limits = { steps: 100_000, virtualTime: 20, wallTime: 30 };
const engines = [{ version: 'embedded', command: 'embedded' }, ...interpreters];

function story(timeline: Timeline): string[] {
  const lanes = buildLanes(timeline);
  const told = storyOf(lanes);
  return Array.from({ length: told.count }, (_, i) => sentenceText(lanes, told, told.sentence(i), t));
}

function findings(timeline: Timeline): string[] {
  return problemsOf(timeline).map((problem) => {
    const { title, why } = problemWords(timeline, problem, t);
    return `${title} ${why}`;
  });
}

async function on(command: string, source: string): Promise<Timeline> {
  const { timeline } = await runs(program(source), { engine: command, clock: 'virtual', limits });
  expect(violations(timeline)).toEqual([]);
  return timeline;
}

describe.each(engines)('who cancelled whom: $version', ({ command }) => {
  test('who awaits a task that is cancelled is not cancelled itself', async () => {
    const timeline = await on(
      command,
      `import asyncio
async def beat():
    while True:
        await asyncio.sleep(1)
async def main():
    t = asyncio.create_task(beat())
    await asyncio.sleep(0.1)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("caught")
asyncio.run(main())`,
    );
    const told = story(timeline).join('\n');
    expect(told).toContain('main() resumes: beat(), which it awaited, was cancelled.');
    expect(told).not.toContain('cancels Task-1');
    const marks = drawn(timeline).scene.marks.filter(({ kind }) => kind === 'cancel');
    expect(marks.length, 'the cancellation is marked on beat, and not on main').toBe(1);
    expect(findings(timeline)).toEqual(['beat() was cancelled by main(). It was waiting for sleep 1 s.']);
  });

  test('what a task waited for is not what it waits for in clearing up', async () => {
    const timeline = await on(
      command,
      `import asyncio
async def job():
    try:
        await asyncio.sleep(0.5)
    except asyncio.CancelledError:
        await asyncio.sleep(0.2)
        raise
async def main():
    t = asyncio.create_task(job())
    await asyncio.sleep(0.1)
    t.cancel()
    await asyncio.wait([t])
asyncio.run(main())`,
    );
    expect(findings(timeline)).toEqual(['job() was cancelled by main(). It was waiting for sleep 0.5 s.']);
  });

  test('a task that is ready when the program ends is cancelled by asyncio.run()', async () => {
    const timeline = await on(
      command,
      `import asyncio
async def beat():
    while True:
        await asyncio.sleep(0)
async def main():
    t = asyncio.create_task(beat())
    await asyncio.sleep(0)
asyncio.run(main())`,
    );
    expect(findings(timeline)).toEqual([
      'beat() had not finished when the program ended, so it was cancelled. It was ready, and had not had its turn.',
    ]);
  });

  test('a task that main() cancels in its last step was not left by it', async () => {
    const timeline = await on(
      command,
      `import asyncio
async def beat():
    while True:
        await asyncio.sleep(0)
async def main():
    b = asyncio.create_task(beat())
    await asyncio.sleep(0)
    b.cancel()
asyncio.run(main())`,
    );
    expect(findings(timeline)).toEqual(['beat() was cancelled by main(). It was ready, and had not had its turn.']);
  });

  test('a task that is cancelled before it begins, by whom', async () => {
    const timeline = await on(
      command,
      `import asyncio
async def early():
    await asyncio.sleep(1)
async def main():
    t = asyncio.create_task(early())
    t.cancel()
    await asyncio.wait([t])
asyncio.run(main())`,
    );
    expect(findings(timeline)).toEqual(['early() was cancelled by main(). It never got a turn.']);
  });
});

describe.each(engines)('deadlocks: $version', ({ command }) => {
  test('a task that wants its own lock again is told where it took it', async () => {
    const timeline = await on(
      command,
      `import asyncio
async def save(lock):
    async with lock:
        pass
async def main():
    lock = asyncio.Lock()
    async with lock:
        await save(lock)
asyncio.run(main())`,
    );
    expect(findings(timeline)[0]).toContain('(line 3) waits for lock, which it holds itself since line 7.');
  });

  test('who has a lock is told, also where that task has ended', async () => {
    const timeline = await on(
      command,
      `import asyncio
async def takes(lock):
    await lock.acquire()
async def wants(lock):
    async with lock:
        pass
async def main():
    lock = asyncio.Lock()
    await asyncio.create_task(takes(lock))
    await asyncio.create_task(wants(lock))
asyncio.run(main())`,
    );
    const [told] = findings(timeline);
    expect(told).toContain('wants(lock) (line 5) waits for lock, held by takes(lock) since line 3, which has ended');
    expect(told).not.toContain('nobody');
  });

  test('one number, not two, of what is left in a queue', async () => {
    const timeline = await on(
      command,
      `import asyncio
async def main():
    jobs = asyncio.Queue()
    jobs.put_nowait(1)
    await jobs.get()
    await jobs.join()
asyncio.run(main())`,
    );
    expect(findings(timeline)[0]).toMatch(
      /waits for queue\.join\(\) on jobs, and nobody calls task_done\(\) for what is left \(1\)/,
    );
  });
});

describe.each(interpreters)('what another thread did: $version', ({ command }) => {
  test('a task that it made ready without waking the loop', async () => {
    const source = `import asyncio, threading, time
async def main():
    fut = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(1, print, "timer")
    threading.Thread(target=lambda: (time.sleep(0.2), fut.set_result(1))).start()
    await fut
asyncio.run(main())`;
    const { timeline } = await runs(program(source), { engine: command, clock: 'real', limits });
    expect(findings(timeline).join()).toMatch(/used the event loop of another thread at line \d+.* it slept on for/);
    expect(story(timeline).join('\n')).toMatch(/The event loop sleeps for .*main\(\) is ready after .* of that/);
  });

  test('without any timer it hangs, as it does without us, and is told', async () => {
    const source = `import asyncio, threading, time
async def main():
    fut = asyncio.get_running_loop().create_future()
    threading.Thread(target=lambda: (time.sleep(0.2), fut.set_result(1))).start()
    await fut
    print("never")
asyncio.run(main())`;
    const { timeline, stdout } = await runs(program(source), {
      engine: command,
      clock: 'real',
      limits: { ...limits, wallTime: 4 },
    });
    expect(timeline.truncated?.reason).toBe('wall-time');
    expect(stdout).toBe('');
    expect(findings(timeline).join()).toMatch(/used the event loop of another thread at line \d+.* it slept on for/);
  });

  test('nothing of the kind where the loop is woken', async () => {
    const source = `import asyncio, threading, time
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    threading.Thread(target=lambda: (time.sleep(0.2), loop.call_soon_threadsafe(fut.set_result, 1))).start()
    await asyncio.gather(fut, asyncio.to_thread(time.sleep, 0.1), asyncio.sleep(0.3))
asyncio.run(main())`;
    const { timeline } = await runs(program(source), { engine: command, clock: 'real', limits });
    expect(problemsOf(timeline).filter(({ kind }) => kind === 'not-woken')).toEqual([]);
  });
});

describe.each(interpreters)('a program that leaves by os._exit: $version', ({ command }) => {
  test('keeps the last wait, and its step begins where it began', async () => {
    const source = `import asyncio, os, time
async def main():
    await asyncio.sleep(1)
    time.sleep(3)
    os._exit(3)
asyncio.run(main())`;
    const timeline = await on(command, source);
    const { segments } = timeline;
    const rows = Array.from({ length: segments.count }, (_, row) => [
      segments.state[row],
      segments.start[row],
      segments.end[row],
    ]);
    expect(rows.slice(-3)).toEqual([
      [State.suspended, 0, 1],
      [State.ready, 1, 1],
      [State.running, 1, 4],
    ]);
    expect(findings(timeline)[0]).toContain('blocked the event loop for 3 s at line 4: time.sleep(3)');
  });
});

describe.each(engines)('programs without tasks: $version', ({ command }) => {
  test('callbacks of a loop are told; no loop is said to be missing that was there', async () => {
    const timeline = await on(
      command,
      `import asyncio
loop = asyncio.new_event_loop()
def tick(n):
    print("tick", n)
    if n == 0:
        loop.stop()
    else:
        loop.call_later(1, tick, n - 1)
loop.call_soon(tick, 2)
loop.run_forever()
loop.close()`,
    );
    expect(noTaskText(timeline, t)).toBe('No task ran: in 2 s the event loop ran 3 callbacks.');
    expect(story(timeline)).toEqual([
      'The event loop calls tick. It prints “tick 2”.',
      'No task is ready. The virtual clock jumps ahead by 1 s.',
      'The event loop calls tick. It prints “tick 1”.',
      'No task is ready. The virtual clock jumps ahead by 1 s.',
      'The event loop calls tick. It prints “tick 0”.',
      'The program ends after 2 s.',
    ]);
  });
});

describe.each(interpreters)('a thread that does not wake the loop: $version', ({ command }) => {
  test('what it made ready goes on when a timer wakes the loop, before the timer', async () => {
    const source = `import asyncio, threading, time
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    loop.call_later(2, print, "timer")
    threading.Thread(target=lambda: (time.sleep(0.2), fut.set_result(1))).start()
    await fut
    print("got it")
asyncio.run(main())`;
    const { timeline, stdout } = await runs(program(source), { engine: command, clock: 'virtual', limits });
    expect(violations(timeline)).toEqual([]);
    expect(stdout).toBe('got it\ntimer\n');
  });
});

/** name, program, what the story says, what the findings say (in order). */
const TOLD: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    'a task that is cancelled before its first step',
    `async def w():
    print("never")
async def main():
    t = asyncio.create_task(w())
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        print("cancelled")
asyncio.run(main())`,
    ['w() was cancelled by main() before its first step: none of its code runs. It ends, cancelled.'],
    [],
  ],
  [
    'tasks that asyncio.run() cancels at its end, all at once',
    `async def w(n):
    await asyncio.sleep(n)
async def main():
    asyncio.create_task(w(10))
    asyncio.create_task(w(20))
    await asyncio.sleep(1)
asyncio.run(main())`,
    ['The main coroutine has ended. asyncio.run() cancels the tasks that are left: w(10), w(20).'],
    [],
  ],
  [
    'asyncio.run() that raises',
    `async def main():
    await asyncio.sleep(1)
    raise ValueError("no")
try:
    asyncio.run(main())
except ValueError:
    print("caught")`,
    ['asyncio.run() closes the event loop and raises ValueError: no. Then the program prints “caught”.'],
    [],
  ],
  [
    'a callback that prints and wakes nobody, and an async generator that asyncio closes',
    `async def gen():
    yield 1
    yield 2
async def main():
    asyncio.get_running_loop().call_later(0.5, lambda: print("called"))
    async for each in gen():
        break
    await asyncio.sleep(1)
asyncio.run(main())`,
    ['It prints “called”.', 'asyncio.run() creates an event loop', 'asyncio.run() closes the event loop and returns.'],
    [],
  ],
  [
    'a consumer that failed, and who waits for it in vain',
    `async def consumer(q):
    while True:
        item = await q.get()
        print(itm)
        q.task_done()
async def main():
    q = asyncio.Queue()
    t = asyncio.create_task(consumer(q))
    q.put_nowait(1)
    await q.join()
asyncio.run(main())`,
    ["It fails with NameError: name 'itm' is not defined"],
    [
      "consumer(q) failed with NameError: name 'itm' is not defined, and nobody noticed.",
      'Deadlock: main() (line 11) waits for queue.join() on q, and nobody calls task_done() for what is left (1). consumer(q) had failed before, and nobody noticed: look there first.',
    ],
  ],
  [
    'a lock that its holder asks for again',
    `async def save(lock):
    async with lock:
        pass
async def main():
    lock = asyncio.Lock()
    async with lock:
        await save(lock)
asyncio.run(main())`,
    ['awaits lock held by main()'],
    ['asyncio locks are not reentrant: a second acquire waits until the first is released, even in one task.'],
  ],
  [
    'a semaphore all of whose permits went with tasks that ended, and a failure that gather keeps to itself',
    `async def take(s, n):
    await s.acquire()
    if n == 2:
        raise RuntimeError("second")
async def main():
    s = asyncio.Semaphore(2)
    await asyncio.gather(*(take(s, n) for n in (1, 2, 3)), return_exceptions=True)
asyncio.run(main())`,
    ['Deadlock: take(s, 3) (line 3) waits for semaphore s'],
    [
      'take(s, 2) failed with RuntimeError: second, but gather() went on waiting for its other tasks.',
      'take(s, 3) (line 3) waits for semaphore s, held by take(s, 1) and take(s, 2), which have ended. One more task waits.',
    ],
  ],
];

describe.each(engines)('programs as they are told: $version', ({ command }) => {
  test.each(TOLD)('%s', async (_, source, sentences, problems) => {
    const timeline = await on(command, `import asyncio\n${source}`);
    const told = story(timeline).join('\n');
    for (const sentence of sentences) expect(told).toContain(sentence);
    const found = findings(timeline).filter((_, i) => problemsOf(timeline)[i].severity === 'error');
    problems.forEach((problem, i) => {
      expect(found[i]).toContain(problem);
    });
    expect(found.length).toBeLessThanOrEqual(Math.max(1, problems.length));
  });

  test('a task that is cancelled while ready, and one that raises CancelledError itself', async () => {
    const timeline = await on(
      command,
      `import asyncio, sys
async def waits(event):
    await event.wait()
async def raises():
    await asyncio.sleep(1)
    raise asyncio.CancelledError
async def busy():
    await asyncio.sleep(1)
async def main():
    event = asyncio.Event()
    t = asyncio.create_task(waits(event))
    await asyncio.sleep(0.5)
    event.set()
    t.cancel()
    b, r = asyncio.create_task(busy()), asyncio.create_task(raises())
    await asyncio.wait([t, b, r])
    print("counts", hasattr(t, "cancelling"))
asyncio.run(main())`,
    );
    // Before 3.11 a task does not tell whether it was asked.
    if (!timeline.output.some(({ text }) => text.includes('counts True'))) return;
    expect(story(timeline).join('\n')).toContain(
      'waits(event) resumes with CancelledError: it was ready again after event when it was cancelled by main().',
    );
    expect(findings(timeline).join('\n')).toContain('raises() was cancelled by itself.');
  });
});
