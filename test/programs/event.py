"""Two tasks wait for one event."""
import asyncio


async def waiter(event, n):
    await event.wait()
    print('go', n)


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event, n), name=f'waiter {n}') for n in range(2)]
    await asyncio.sleep(1)
    event.set()
    for task in tasks:
        await task


asyncio.run(main())
