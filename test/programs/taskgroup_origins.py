"""Why a TaskGroup cancels its tasks: its block raised, it was cancelled itself, or its time was over. Since 3.11."""
import asyncio


async def work():
    await asyncio.sleep(10)


async def raises():
    async with asyncio.TaskGroup() as group:
        group.create_task(work(), name='of raises')
        await asyncio.sleep(1)
        raise ValueError('no more')


async def waits(name):
    async with asyncio.TaskGroup() as group:
        group.create_task(work(), name=name)


async def limited():
    async with asyncio.timeout(2):
        await waits('of limited')


async def main():
    one = asyncio.create_task(raises(), name='raises')
    two = asyncio.create_task(waits('of waits'), name='waits')
    three = asyncio.create_task(limited(), name='limited')
    await asyncio.sleep(1.5)
    two.cancel()
    print([type(each).__name__ for each in await asyncio.gather(one, two, three, return_exceptions=True)])


asyncio.run(main())
