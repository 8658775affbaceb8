"""Three tasks, one lock: the second and third wait for their turn."""
import asyncio


async def work(lock, n):
    async with lock:
        await asyncio.sleep(1)
        print(n)


async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(work(lock, n), name=f'work {n}') for n in range(3)]
    for task in tasks:
        await task


asyncio.run(main())
