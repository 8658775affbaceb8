import asyncio
import time


async def pause():
    await asyncio.sleep(0.1)


async def main():
    await pause()
    time.sleep(0.5)
    pause()


asyncio.run(main())
