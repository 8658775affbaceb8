import asyncio


def seen(task):
    if not task.cancelled() and task.exception():
        print('failed:', task.exception())


async def fragile():
    await asyncio.sleep(0.01)
    raise ValueError('no')


async def main():
    task = asyncio.create_task(fragile())
    task.add_done_callback(seen)
    await asyncio.sleep(0.05)


asyncio.run(main())
