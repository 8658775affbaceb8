"""Three tasks sleep; they wake in the order of their delays, not of their creation."""
import asyncio


async def nap(name, delay):
    await asyncio.sleep(delay)
    print(name)


async def main():
    tasks = [asyncio.create_task(nap(n, d), name=n) for n, d in [('slow', 3), ('quick', 1), ('middle', 2)]]
    for task in tasks:
        await task


asyncio.run(main())
