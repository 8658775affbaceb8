import asyncio
import contextlib


async def tick(seen):
    while True:
        seen.append(1)
        await asyncio.sleep(0.1)


async def main():
    seen = []
    for _ in range(3):
        task = asyncio.create_task(tick(seen))
        await asyncio.sleep(0.25)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    print(len(seen))


asyncio.run(main())
