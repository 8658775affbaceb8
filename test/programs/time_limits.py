"""Time limits that run out: wait_for around a task, wait, as_completed."""
import asyncio


async def slow():
    await asyncio.sleep(10)


async def awaits(task):
    await task


async def main():
    inner = asyncio.create_task(slow(), name='inner')
    try:
        await asyncio.wait_for(awaits(inner), 1)
    except asyncio.TimeoutError:
        print('wait_for', inner.cancelled())
    other = asyncio.create_task(slow(), name='other')
    done, pending = await asyncio.wait([other], timeout=2)
    print('wait', len(done), len(pending))
    try:
        for each in asyncio.as_completed([other], timeout=3):
            await each
    except asyncio.TimeoutError:
        print('as_completed')
    other.cancel()


asyncio.run(main())
