"""time.sleep in threads: on the virtual clock they sleep at once, beside a task that sleeps, and cost no real time."""
import asyncio
import threading
import time


def sleeps(seconds):
    time.sleep(seconds)
    return seconds


async def ticks():
    for _ in range(3):
        await asyncio.sleep(1)


async def main():
    began = time.monotonic()
    print(await asyncio.gather(asyncio.to_thread(sleeps, 2), asyncio.to_thread(sleeps, 3.5), ticks()))
    print(int(time.monotonic() - began), 's')


asyncio.run(main())
