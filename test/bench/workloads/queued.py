import asyncio

from timed import run

N = 100_000


async def producer(queue):
    for i in range(N):
        await queue.put(i)
    await queue.put(None)


async def consumer(queue):
    while await queue.get() is not None:
        pass


async def main():
    queue = asyncio.Queue(maxsize=10)
    await asyncio.gather(producer(queue), consumer(queue))


run(main)
