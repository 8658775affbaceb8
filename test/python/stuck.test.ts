import { describe, expect, test } from 'vitest';
import type { Timeline } from '../../src/core/timeline/model';
import { translator } from '../../src/core/translate';
import { deadlockText } from '../../src/core/words/deadlocks';
import { interpreters, program, runs } from '../engines/here';

/** Tasks that can never continue while others still run: reported when the run is stopped. Correct programs get no such report. */

const t = translator(undefined);
const engines = [{ version: 'embedded', command: 'embedded' }, ...interpreters];

async function stopped(command: string, body: string): Promise<Timeline> {
  const source = `import asyncio
async def beat():
    while True:
        await asyncio.sleep(0.5)
${body}
asyncio.run(main())
`;
  const { timeline } = await runs(program(source), {
    engine: command,
    clock: 'virtual',
    limits: { steps: 100_000, virtualTime: 5, wallTime: 60 },
  });
  expect(timeline.truncated?.reason).toBe('virtual-time');
  return timeline;
}

const FAULTY: readonly (readonly [name: string, told: string, body: string])[] = [
  [
    'a join without task_done',
    'main() (line 13) waits for queue.join() on jobs, and nobody calls task_done() for what is left (2)',
    `async def worker(jobs):
    while True:
        await jobs.get()
async def main():
    jobs = asyncio.Queue()
    h = asyncio.create_task(beat())
    w = asyncio.create_task(worker(jobs))
    jobs.put_nowait(1); jobs.put_nowait(2)
    await jobs.join()`,
  ],
  [
    'a join beside a worker that lives, and that never calls task_done',
    'main() (line 17) waits for queue.join() on jobs, and nobody calls task_done() for what is left (1)',
    `async def worker(jobs):
    while True:
        try:
            n = await asyncio.wait_for(jobs.get(), 1)
            print("got", n)
        except asyncio.TimeoutError:
            pass
async def main():
    jobs = asyncio.Queue()
    w = asyncio.create_task(worker(jobs))
    jobs.put_nowait(1)
    await asyncio.sleep(0)
    await jobs.join()`,
  ],
  [
    'an event that nobody sets',
    'waits(ready) (line 6) waits for event ready, and nobody sets it',
    `async def waits(ready):
    await ready.wait()
async def main():
    ready = asyncio.Event()
    w = asyncio.create_task(waits(ready))
    del ready
    await beat()`,
  ],
  [
    'an event of the module that the code that goes on does not use',
    'main() (line 10) waits for event ready, and nobody sets it',
    `ready = None
async def main():
    global ready
    ready = asyncio.Event()
    h = asyncio.create_task(beat())
    await ready.wait()`,
  ],
  [
    'a future that is nobody’s',
    'main() (line 8) waits for future',
    `async def main():
    answer = asyncio.get_running_loop().create_future()
    h = asyncio.create_task(beat())
    await answer`,
  ],
  [
    'a condition that nobody notifies, held by an object',
    'and nobody notifies it',
    `class Box:
    def __init__(self):
        self.changed = asyncio.Condition()
    async def wait(self):
        async with self.changed:
            await self.changed.wait()
async def main():
    box = Box()
    h = asyncio.create_task(beat())
    await box.wait()`,
  ],
  [
    'a semaphore whose permits are gone',
    'main() (line 10) waits for semaphore',
    `async def main():
    gate = asyncio.Semaphore(1)
    h = asyncio.create_task(beat())
    await gate.acquire()
    # The second one never comes back.
    await gate.acquire()`,
  ],
  [
    'producers that put into a queue that is full, after their consumer died',
    'waits for queue.put()',
    `async def consumer(q):
    await q.get()
    raise ValueError("bad item")
async def main():
    q = asyncio.Queue(1)
    h = asyncio.create_task(beat())
    c = asyncio.create_task(consumer(q))
    for n in range(5):
        await q.put(n)`,
  ],
  [
    'a lock whose holder has ended',
    'held by takes(lock)',
    `async def takes(lock):
    await lock.acquire()
async def main():
    lock = asyncio.Lock()
    h = asyncio.create_task(beat())
    await asyncio.create_task(takes(lock))
    async with lock:
        pass`,
  ],
  [
    'a barrier at which one is missing',
    'and nobody else arrives',
    `async def main():
    if not hasattr(asyncio, "Barrier"):
        print("no barriers")
        await beat()
    meet = asyncio.Barrier(2)
    h = asyncio.create_task(beat())
    await meet.wait()`,
  ],
];

const SOUND: readonly (readonly [name: string, body: string])[] = [
  ['heartbeats alone', 'async def main():\n    await asyncio.gather(beat(), beat())'],
  [
    'run for ever on purpose',
    `async def main():
    h = asyncio.create_task(beat())
    await asyncio.Event().wait()`,
  ],
  [
    'a bare future to wait for ever',
    `async def main():
    h = asyncio.create_task(beat())
    await asyncio.Future()`,
  ],
  [
    'a consumer whose producer lives',
    `async def produce(q):
    while True:
        await asyncio.sleep(2)
        await q.put(1)
async def consume(q):
    while True:
        await q.get()
async def main():
    q = asyncio.Queue()
    await asyncio.gather(produce(q), consume(q))`,
  ],
  [
    'workers that call task_done, slowly',
    `async def worker(q):
    while True:
        await q.get()
        await asyncio.sleep(100)
        q.task_done()
async def main():
    q = asyncio.Queue()
    h = asyncio.create_task(beat())
    w = asyncio.create_task(worker(q))
    q.put_nowait(1)
    await q.join()`,
  ],
  [
    'a time limit that will end the wait',
    `async def main():
    h = asyncio.create_task(beat())
    event = asyncio.Event()
    try:
        await asyncio.wait_for(event.wait(), 60)
    except asyncio.TimeoutError:
        pass`,
  ],
  [
    'a timer that will set the event',
    `async def main():
    h = asyncio.create_task(beat())
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(100, event.set)
    await event.wait()`,
  ],
  [
    'an event that a function of the heartbeat sets some day',
    `done = None
count = 0
def look():
    global count
    count += 1
    if count > 1000:
        done.set()
async def watch():
    while True:
        await asyncio.sleep(0.5)
        look()
async def main():
    global done
    done = asyncio.Event()
    w = asyncio.create_task(watch())
    await done.wait()`,
  ],
  [
    'a task that will be cancelled later',
    `async def waits(event):
    await event.wait()
async def main():
    w = asyncio.create_task(waits(asyncio.Event()))
    await asyncio.sleep(100)
    w.cancel()`,
  ],
  [
    'an object whose methods notify',
    `class Store:
    def __init__(self):
        self.changed = asyncio.Condition()
    async def run(self):
        while True:
            await asyncio.sleep(1)
            await self.tick()
    async def tick(self):
        async with self.changed:
            pass
    async def put(self):
        async with self.changed:
            self.changed.notify_all()
    async def get(self):
        async with self.changed:
            await self.changed.wait()
async def main():
    store = Store()
    await asyncio.gather(store.run(), store.get())`,
  ],
  [
    'callbacks that chain',
    `async def main():
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    def again(n):
        if n == 0:
            answer.set_result(1)
        else:
            loop.call_later(1, again, n - 1)
    again(100)
    await answer`,
  ],
];

describe.each(engines)('tasks that can never go on: $version', ({ command }) => {
  test.each(FAULTY)('%s', async (_, told, body) => {
    const timeline = await stopped(command, body);
    const texts = timeline.findings.map((finding) => deadlockText(timeline, finding, t));
    if (told.includes('arrives') && timeline.output.some(({ text }) => text.includes('no barriers'))) return;
    expect(texts.join('\n')).toContain(told);
    expect(timeline.findings.every(({ stuck }) => stuck.length > 0)).toBe(true);
  });

  test.each(SOUND)('nothing is said: %s', async (_, body) => {
    const timeline = await stopped(command, body);
    expect(timeline.findings.map((finding) => deadlockText(timeline, finding, t))).toEqual([]);
  });
});

describe.each(interpreters)('beside jobs in threads: $version', ({ command }) => {
  test('who waits for an event that no job has is told; who waits for a job, or for what one has, is not', async () => {
    const timeline = await stopped(
      command,
      `import time
async def waits(event): await event.wait()
async def awaits(future): await future
def job(loop, event):
    time.sleep(30)
    loop.call_soon_threadsafe(event.set)
async def main():
    loop = asyncio.get_running_loop()
    given, never = asyncio.Event(), asyncio.Event()
    h = asyncio.create_task(beat())
    one = asyncio.create_task(waits(given), name="given")
    two = asyncio.create_task(waits(never), name="never")
    jobs = [asyncio.create_task(awaits(loop.run_in_executor(None, job, loop, given)), name=f"job {i}") for i in range(40)]
    await asyncio.gather(one, two, *jobs)`,
    );
    const told = timeline.findings.map((finding) => deadlockText(timeline, finding, t));
    expect(told).toEqual([expect.stringContaining('(never) (line 6) waits for event never, and nobody sets it')]);
    expect(timeline.findings[0].stuck).toHaveLength(1);
  });
});

test.each(engines)('six thousand tasks that wait in one line are one finding: $version', async ({ command }) => {
  const timeline = await stopped(
    command,
    `async def waits(future): await future
async def main():
    loop = asyncio.get_running_loop()
    h = asyncio.create_task(beat())
    tasks = [asyncio.create_task(waits(loop.create_future())) for _ in range(6000)]
    for each in tasks: await each`,
  );
  expect(timeline.findings).toHaveLength(1);
  expect(timeline.findings[0].stuck.length).toBeGreaterThanOrEqual(6000);
});

describe.each(interpreters)('at Ctrl+C: $version', ({ command }) => {
  test('what hangs beside tasks that go on is told', async () => {
    const source = `import asyncio, os, signal
async def beat():
    while True:
        await asyncio.sleep(0.05)
async def waits(ready):
    await ready.wait()
async def main():
    h = asyncio.create_task(beat())
    ready = asyncio.Event()
    w = asyncio.create_task(waits(ready))
    del ready
    asyncio.get_running_loop().call_later(0.2, os.kill, os.getpid(), signal.SIGINT)
    await h
asyncio.run(main())
`;
    const { timeline } = await runs(program(source), {
      engine: command,
      clock: 'real',
      limits: { steps: 100_000, virtualTime: 5, wallTime: 60 },
    });
    expect(timeline.exit).toBe(130);
    expect(timeline.findings.map((finding) => deadlockText(timeline, finding, t))).toEqual([
      'Can never continue: waits(ready) (line 6) waits for event ready, and nobody sets it.',
    ]);
  });

  test('and so is the one that is cancelled first', async () => {
    const source = `import asyncio, os, signal
async def beat():
    while True:
        await asyncio.sleep(0.05)
async def waits(ready):
    await ready.wait()
async def main():
    h = asyncio.create_task(beat())
    tasks = [asyncio.create_task(waits(asyncio.Event())) for _ in range(8)]
    asyncio.get_running_loop().call_later(0.2, os.kill, os.getpid(), signal.SIGINT)
    await h
asyncio.run(main())
`;
    const { timeline } = await runs(program(source), {
      engine: command,
      clock: 'real',
      limits: { steps: 100_000, virtualTime: 5, wallTime: 60 },
    });
    expect(timeline.findings.flatMap(({ stuck }) => stuck)).toHaveLength(8);
  });
});
