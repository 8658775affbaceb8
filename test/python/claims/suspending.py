"""What suspends, and what does not: awaiting is not the same as giving control away."""
import asyncio
import contextlib


async def nothing():
    return 1


async def inner():
    return await nothing()


async def outer():
    return await inner()


async def ticks():
    for n in range(3):
        yield n


async def slow_ticks():
    for n in range(2):
        await asyncio.sleep(0)
        yield n


@contextlib.asynccontextmanager
async def quick():
    yield 1


@contextlib.asynccontextmanager
async def slow():
    await asyncio.sleep(0)
    yield 1


class Counter:
    def __init__(self):
        self.n = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        self.n += 1
        if self.n > 2:
            raise StopAsyncIteration
        return self.n


class Handing:
    def __init__(self, queue):
        self.queue = queue

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.queue.get()


class Borrowing:
    def __aiter__(self):
        return slow_ticks()

    async def __anext__(self):
        return 1


class Generating:
    async def __aiter__(self):
        yield 1
        await asyncio.sleep(0)


class Inside:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        await asyncio.sleep(0)


class Wrapped:
    def __await__(self):
        return asyncio.sleep(0).__await__()


class Still:
    def __await__(self):
        return nothing().__await__()


async def main():
    await outer()
    await inner()
    await nothing()
    async for _ in ticks():
        pass
    async for _ in slow_ticks():
        pass
    async for _ in Counter():
        pass
    queue = asyncio.Queue()
    asyncio.get_running_loop().call_later(0.01, queue.put_nowait, 1)
    async for _ in Handing(queue):
        break
    async for _ in Borrowing():
        pass
    async for _ in Generating():
        pass
    print([n async for n in ticks()], {n async for n in slow_ticks()}, [await nothing() for _ in range(2)])
    async with quick(), slow() as s, Inside():
        print(s)
    await Wrapped()
    await Still()
    for seconds in 0, 0.01, -1:
        await asyncio.sleep(seconds)
    await asyncio.sleep(0)
    await asyncio.sleep(delay=0.01)
    lock = asyncio.Lock()
    async with lock:
        pass
    await lock.acquire()
    lock.release()
    event = asyncio.Event()
    event.set()
    await event.wait()
    await queue.put(2)
    await queue.get()
    await queue.put(3)
    queue.task_done()
    queue.task_done()
    asyncio.get_running_loop().call_later(0.01, queue.task_done)
    await queue.join()
    future = asyncio.get_running_loop().create_future()
    future.set_result(1)
    await future
    await asyncio.shield(future)
    task = asyncio.create_task(nothing())
    await task
    await task
    await asyncio.wait({task})
    await asyncio.wait({task}, timeout=0)
    await asyncio.wait_for(nothing(), 1)
    await asyncio.wait_for(asyncio.sleep(0), timeout=None)
    await asyncio.to_thread(print, 'in a thread')
    await asyncio.get_running_loop().run_in_executor(None, print, 'in an executor')
    for each in asyncio.as_completed([nothing(), asyncio.sleep(0.01)]):
        await each
    semaphore = asyncio.Semaphore(1)
    async with semaphore:
        pass
    condition = asyncio.Condition()

    async def notify():
        async with condition:
            condition.notify()

    async with condition:
        notifying = asyncio.create_task(notify())
        await condition.wait()
        await condition.wait_for(lambda: True)
    await notifying


asyncio.run(main())
