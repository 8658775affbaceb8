"""Locks, permits, conditions, events and queues under the program's own names."""
import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.changed = asyncio.Condition()
        self.balance = 0

    async def add(self, amount):
        async with self.lock:
            await asyncio.sleep(1)
            self.balance += amount
        async with self.changed:
            self.changed.notify_all()

    async def until(self, amount):
        async with self.changed:
            await self.changed.wait_for(lambda: self.balance >= amount)


class Unique(asyncio.Queue):
    """Drops what it has already."""

    def _put(self, item):
        if item not in self._queue:
            super()._put(item)


async def serve(jobs, done):
    while True:
        number = await jobs.get()
        await asyncio.sleep(number)
        jobs.task_done()
        if jobs.empty():
            done.set()


async def use(pool):
    async with pool:
        await asyncio.sleep(1)


async def main():
    account = Account()
    forks = [asyncio.Lock() for _ in range(2)]
    jobs, done = asyncio.PriorityQueue(2), asyncio.Event()
    limits = {'db': asyncio.BoundedSemaphore(2)}
    server = asyncio.create_task(serve(jobs, done), name='server')
    rich = asyncio.create_task(account.until(3), name='rich')
    users = [asyncio.create_task(use(limits['db']), name=f'user {i}') for i in range(3)]
    await asyncio.gather(account.add(1), account.add(2))
    async with forks[1]:
        print(forks[1].locked(), forks[0].locked())
    for number in (2, 1, 1):
        await jobs.put(number)
    print(jobs.qsize(), done.is_set())
    await jobs.join()
    await done.wait()
    done.clear()
    unique = Unique()
    for number in (1, 1, 2):
        unique.put_nowait(number)
    print(unique.qsize(), jobs.qsize())
    await asyncio.gather(rich, *users)
    server.cancel()


asyncio.run(main())
