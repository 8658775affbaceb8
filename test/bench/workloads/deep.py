import asyncio

from timed import run


async def down(n):
    if n:
        return await down(n - 1)
    for _ in range(20_000):
        await asyncio.sleep(0)


async def main():
    await down(20)


run(main)
