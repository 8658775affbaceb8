"""time.sleep holds the loop: the other task is ready and has to wait."""
import asyncio
import time


async def ticker():
    for _ in range(3):
        await asyncio.sleep(1)
        print('tick')


async def blocker():
    await asyncio.sleep(0.5)
    time.sleep(2)
    print('blocked for 2 s')


async def main():
    await asyncio.gather(ticker(), blocker())


asyncio.run(main())
