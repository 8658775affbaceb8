Programs about locks, events, conditions, semaphores and queues.

# %% a lock
import asyncio

lock = None

async def work(name):
    async with lock:
        print(name, "in")
        await asyncio.sleep(0.05)
        print(name, "out")

async def main():
    global lock
    lock = asyncio.Lock()
    await asyncio.gather(*(work(name) for name in "abc"))

asyncio.run(main())

# %% a race without a lock
import asyncio

balance = 100

async def withdraw(amount):
    global balance
    seen = balance
    await asyncio.sleep(0.02)
    balance = seen - amount

async def main():
    await asyncio.gather(withdraw(30), withdraw(50))
    print(balance)

asyncio.run(main())

# %% an event
import asyncio

async def waiter(event, name):
    print(name, "waits")
    await event.wait()
    print(name, "goes")

async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event, name)) for name in ("a", "b")]
    await asyncio.sleep(0.05)
    print("set")
    event.set()
    await asyncio.gather(*tasks)

asyncio.run(main())

# %% a semaphore of two
import asyncio

async def work(semaphore, i):
    async with semaphore:
        print("begin", i)
        await asyncio.sleep(0.05)
        print("end", i)

async def main():
    semaphore = asyncio.Semaphore(2)
    await asyncio.gather(*(work(semaphore, i) for i in range(5)))

asyncio.run(main())

# %% a condition
import asyncio

items = []

async def consumer(condition, name):
    async with condition:
        await condition.wait_for(lambda: items)
        print(name, "took", items.pop())

async def producer(condition):
    for i in range(2):
        await asyncio.sleep(0.05)
        async with condition:
            items.append(i)
            condition.notify()

async def main():
    condition = asyncio.Condition()
    await asyncio.gather(consumer(condition, "a"), consumer(condition, "b"), producer(condition))

asyncio.run(main())

# %% producer and consumer
import asyncio

async def produce(queue):
    for i in range(4):
        await asyncio.sleep(0.03)
        await queue.put(i)
        print("put", i)
    await queue.put(None)

async def consume(queue):
    while (item := await queue.get()) is not None:
        print("got", item)
        await asyncio.sleep(0.05)

async def main():
    queue = asyncio.Queue(maxsize=1)
    await asyncio.gather(produce(queue), consume(queue))

asyncio.run(main())

# %% workers and join
import asyncio

async def worker(name, queue):
    while True:
        delay = await queue.get()
        await asyncio.sleep(delay)
        queue.task_done()
        print(name, "slept", delay)

async def main():
    queue = asyncio.Queue()
    for delay in (0.1, 0.05, 0.15, 0.05, 0.1):
        queue.put_nowait(delay)
    tasks = [asyncio.create_task(worker(f"worker-{i}", queue)) for i in range(2)]
    await queue.join()
    for task in tasks:
        task.cancel()
    print(await asyncio.gather(*tasks, return_exceptions=True))

asyncio.run(main())

# %% a priority queue
import asyncio

async def main():
    queue = asyncio.PriorityQueue()
    for item in ((3, "c"), (1, "a"), (2, "b")):
        await queue.put(item)
    while not queue.empty():
        print(await queue.get())

asyncio.run(main())

# %% a pipeline
import asyncio

async def stage(name, source, sink, delay):
    while True:
        item = await source.get()
        if item is None:
            await sink.put(None)
            return
        await asyncio.sleep(delay)
        print(name, item)
        await sink.put(item + 1)

async def main():
    a, b, c = (asyncio.Queue() for _ in range(3))
    for i in (10, 20, 30):
        a.put_nowait(i)
    a.put_nowait(None)
    await asyncio.gather(stage("first", a, b, 0.04), stage("second", b, c, 0.05))
    print(c.qsize())

asyncio.run(main())

# %% dining philosophers
import asyncio

async def philosopher(i, forks):
    first, second = sorted((i, (i + 1) % len(forks)))
    async with forks[first]:
        await asyncio.sleep(0.02)
        async with forks[second]:
            print(i, "eats")
            await asyncio.sleep(0.05)
    print(i, "done")

async def main():
    forks = [asyncio.Lock() for _ in range(4)]
    await asyncio.gather(*(philosopher(i, forks) for i in range(4)))

asyncio.run(main())

# %% a barrier
# since 3.11
import asyncio

async def runner(barrier, name, delay):
    await asyncio.sleep(delay)
    print(name, "ready")
    await barrier.wait()
    print(name, "runs")

async def main():
    barrier = asyncio.Barrier(3)
    await asyncio.gather(runner(barrier, "a", 0.15), runner(barrier, "b", 0.05), runner(barrier, "c", 0.1))

asyncio.run(main())

# %% a future that is set later
import asyncio

async def setter(future):
    await asyncio.sleep(0.05)
    future.set_result("value")
    print("set")

async def main():
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda f: print("callback", f.result()))
    asyncio.ensure_future(setter(future))
    print(await future)

asyncio.run(main())

# %% pub and sub
import asyncio

class Hub:
    def __init__(self):
        self.queues = []

    def publish(self, message):
        for queue in self.queues:
            queue.put_nowait(message)

async def reader(hub, name, wanted):
    queue = asyncio.Queue()
    hub.queues.append(queue)
    for _ in range(wanted):
        print(name, await queue.get())
    hub.queues.remove(queue)

async def main():
    hub = Hub()
    readers = [asyncio.create_task(reader(hub, "a", 2)), asyncio.create_task(reader(hub, "b", 3))]
    for i in range(3):
        await asyncio.sleep(0.03)
        hub.publish(i)
    await asyncio.gather(*readers)

asyncio.run(main())

# %% a rate limit
import asyncio, time

class Limiter:
    def __init__(self, gap):
        self.gap, self.last = gap, 0.0

    async def wait(self):
        left = self.last + self.gap - time.monotonic()
        if left > 0:
            print("wait")
            await asyncio.sleep(left)
        self.last = time.monotonic()

async def main():
    limiter = Limiter(0.05)
    for i in range(4):
        await limiter.wait()
        print("call", i)

asyncio.run(main())

# %% a token bucket
import asyncio, time

class Bucket:
    def __init__(self, rate, size):
        self.rate, self.size, self.tokens, self.at = rate, size, size, time.monotonic()

    async def take(self):
        now = time.monotonic()
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1:
            await asyncio.sleep((1 - self.tokens) / self.rate)
            self.tokens, self.at = 1, time.monotonic()
        self.tokens -= 1

async def main():
    bucket, start = Bucket(10, 2), time.monotonic()
    for i in range(5):
        await bucket.take()
        print(i, round(time.monotonic() - start, 1))

asyncio.run(main())
