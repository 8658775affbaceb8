"""Eager tasks run their first step at once, inside the task that makes them. Since 3.12."""
import asyncio


async def cached():
    return 'at once'


async def inner():
    print('inner starts')
    await asyncio.sleep(1)
    print('inner ends')


async def outer():
    print('outer starts')
    task = asyncio.create_task(inner(), name='inner')
    print('outer goes on')
    await task


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(outer(), name='outer')
    print('main goes on')
    print(await asyncio.create_task(cached(), name='cached'))
    await task


asyncio.run(main())
