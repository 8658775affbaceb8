import asyncio
import time


async def fetch(number):
    await asyncio.sleep(1)
    return number


async def parse():
    await asyncio.sleep(0.5)
    time.sleep(1)


async def main():
    fetch(0)
    await asyncio.gather(fetch(1), parse())


asyncio.run(main())
