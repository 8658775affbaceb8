"""gather makes tasks of its coroutines and keeps the order of their results."""
import asyncio


async def fetch(n):
    await asyncio.sleep(3 - n)
    return n * 10


async def main():
    print(await asyncio.gather(fetch(0), fetch(1), fetch(2)))


asyncio.run(main())
