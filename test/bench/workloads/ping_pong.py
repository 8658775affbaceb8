import asyncio

from timed import run

N = 100_000


async def player():
    for _ in range(N):
        await asyncio.sleep(0)


async def main():
    await asyncio.gather(player(), player())


run(main)
