"""One task of a TaskGroup fails: the others are cancelled. Since 3.11."""
import asyncio


async def fail():
    await asyncio.sleep(1)
    raise RuntimeError('broken')


async def work():
    await asyncio.sleep(5)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(), name='fail')
            group.create_task(work(), name='work')
    except BaseException as error:
        print(type(error).__name__)


asyncio.run(main())
