import { tellsOf } from './told';

/** Correct programs of the kinds that people write: they must get no findings and no hints. */

tellsOf('sound programs', {
  'workers, a queue, join() and cancel at the end': {
    source: `import asyncio
async def worker(queue, out):
    while True:
        item = await queue.get()
        try:
            await asyncio.sleep(0.05 * item)
            out.append(item)
        finally:
            queue.task_done()
async def main():
    queue, out = asyncio.Queue(maxsize=3), []
    workers = [asyncio.create_task(worker(queue, out)) for _ in range(3)]
    for n in range(12):
        await queue.put(n)
    await queue.join()
    for each in workers:
        each.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print(sorted(out))
asyncio.run(main())`,
    told: [],
  },
  'a pipeline of three stages that ends with a sentinel': {
    source: `import asyncio
async def produce(out):
    for n in range(5):
        await asyncio.sleep(0.1)
        await out.put(n)
    await out.put(None)
async def square(source, out):
    while (item := await source.get()) is not None:
        await out.put(item * item)
    await out.put(None)
async def consume(source):
    found = []
    while (item := await source.get()) is not None:
        found.append(item)
    return found
async def main():
    a, b = asyncio.Queue(2), asyncio.Queue(2)
    *_, found = await asyncio.gather(produce(a), square(a, b), consume(b))
    print(found)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'retries with a growing pause and a limit for each attempt': {
    source: `import asyncio
calls = 0
async def unreliable():
    global calls
    calls += 1
    await asyncio.sleep(5 if calls == 1 else 0.1)
    if calls == 2:
        raise OSError('reset')
    return calls
async def main():
    for attempt in range(5):
        try:
            return await asyncio.wait_for(unreliable(), 1)
        except (asyncio.TimeoutError, OSError):
            await asyncio.sleep(0.2 * 2 ** attempt)
print(asyncio.run(main()))`,
    told: [],
  },
  'a token bucket': {
    source: `import asyncio
class Bucket:
    def __init__(self, rate):
        self.gap, self.next, self.lock = 1 / rate, 0.0, asyncio.Lock()
    async def take(self):
        async with self.lock:
            now = asyncio.get_running_loop().time()
            wait = self.next - now
            if wait > 0:
                await asyncio.sleep(wait)
            self.next = max(now, self.next) + self.gap
async def call(bucket, n):
    await bucket.take()
    await asyncio.sleep(0.3)
    return n
async def main():
    bucket = Bucket(10)
    print(await asyncio.gather(*(call(bucket, n) for n in range(8))))
asyncio.run(main())`,
    from: 10,
    hints: true,
    told: [],
  },
  'start, work and stop, one after another, each on what the one before left': {
    source: `import asyncio
class Connection:
    state = 'new'
    async def open(self):
        await asyncio.sleep(0.2)
        self.state = 'open'
    async def ask(self, what):
        await asyncio.sleep(0.3)
        return self.state + what
    async def close(self):
        await asyncio.sleep(0.1)
        self.state = 'closed'
async def main():
    connection = Connection()
    await connection.open()
    try:
        print(await connection.ask('?'))
    finally:
        await connection.close()
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'an event instead of a loop that looks': {
    source: `import asyncio
async def server(started):
    await asyncio.sleep(0.5)
    started.set()
    await asyncio.sleep(1)
async def main():
    started = asyncio.Event()
    task = asyncio.create_task(server(started))
    await started.wait()
    print('up')
    await task
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'a semaphore limits two hundred downloads': {
    source: `import asyncio
async def download(limit, n):
    async with limit:
        await asyncio.sleep(0.1)
        return n
async def main():
    limit = asyncio.Semaphore(20)
    print(len(await asyncio.gather(*(download(limit, n) for n in range(200)))))
asyncio.run(main())`,
    from: 10,
    hints: true,
    told: [],
  },
  'results as they come, and a context manager that closes the generator': {
    source: `import asyncio, contextlib
async def ticks():
    n = 0
    try:
        while True:
            await asyncio.sleep(0.1)
            yield n
            n += 1
    finally:
        await asyncio.sleep(0)
async def work(n):
    await asyncio.sleep(0.3 - 0.1 * n)
    return n
async def main():
    for each in asyncio.as_completed([work(n) for n in range(3)]):
        print(await each)
    async with contextlib.aclosing(ticks()) as source:
        async for n in source:
            if n == 3:
                break
asyncio.run(main())`,
    from: 10,
    hints: true,
    told: [],
  },
  'background tasks that are kept and waited for': {
    source: `import asyncio
background = set()
async def notify(n):
    await asyncio.sleep(0.1 * n)
async def main():
    for n in range(4):
        task = asyncio.create_task(notify(n))
        background.add(task)
        task.add_done_callback(background.discard)
        await asyncio.sleep(0.05)
    await asyncio.gather(*background)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
});
