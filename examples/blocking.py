"""`time.sleep` freezes everybody, `asyncio.sleep` only its own task.

The ticker should tick every 0.25 s. See how long it has to stay *ready* while `rude` holds the event loop.
"""

import asyncio
import time


async def ticker():
    for i in range(8):
        print("tick", i)
        await asyncio.sleep(0.25)


async def polite():
    await asyncio.sleep(1)


async def rude():
    await asyncio.sleep(0.5)
    time.sleep(1)  # use `await asyncio.sleep(1)` here


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(ticker(), name="ticker")
        group.create_task(polite(), name="polite")
        group.create_task(rude(), name="rude")


asyncio.run(main())
