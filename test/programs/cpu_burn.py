"""A step that burns CPU costs what it took, on the virtual clock too, and is marked as measured."""
import asyncio


async def burn():
    await asyncio.sleep(0)
    total = 0
    for i in range(3_000_000):
        total += i
    print(total)


async def main():
    task = asyncio.create_task(burn(), name='burn')
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await task


asyncio.run(main())
