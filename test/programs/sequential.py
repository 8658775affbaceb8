"""Awaiting a coroutine directly runs it inside the caller: nothing overlaps, no task is made."""
import asyncio


async def download(n):
    await asyncio.sleep(1)
    return n


async def process(n):
    value = await download(n)
    return value + 1


async def main():
    print(await process(1))
    print(await process(2))


asyncio.run(main())
