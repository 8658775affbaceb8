import asyncio

from timed import run


async def child():
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def main():
    await asyncio.gather(*(child() for _ in range(20_000)))


run(main)
