"""Four tasks, two permits."""
import asyncio


async def work(permits, n):
    async with permits:
        await asyncio.sleep(1)
        print(n)


async def main():
    permits = asyncio.Semaphore(2)
    tasks = [asyncio.create_task(work(permits, n), name=f'work {n}') for n in range(4)]
    for task in tasks:
        await task


asyncio.run(main())
