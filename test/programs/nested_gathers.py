"""A gather of gathers."""
import asyncio


async def leaf(n):
    await asyncio.sleep(n)
    return n


async def branch(a, b):
    return await asyncio.gather(leaf(a), leaf(b))


async def main():
    print(await asyncio.gather(branch(1, 2), branch(3, 4)))


asyncio.run(main())
