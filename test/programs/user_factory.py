"""The user's own task factory."""
import asyncio


def factory(loop, coro, **kwargs):
    return asyncio.Task(coro, loop=loop, **kwargs)


async def work():
    await asyncio.sleep(1)
    return 'worked'


async def main():
    asyncio.get_running_loop().set_task_factory(factory)
    print(await asyncio.create_task(work()))


asyncio.run(main())
