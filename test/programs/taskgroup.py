"""TaskGroup waits for all of its tasks. Since 3.11."""
import asyncio


async def work(n):
    await asyncio.sleep(n)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(work(1), name='one')
        group.create_task(work(2), name='two')
    print('all done')


asyncio.run(main())
