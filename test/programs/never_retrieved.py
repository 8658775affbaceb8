"""A task fails and nobody asks for its exception."""
import asyncio


async def fail():
    raise LookupError('lost')


async def main():
    task = asyncio.create_task(fail(), name='fail')
    await asyncio.sleep(1)
    del task
    await asyncio.sleep(1)


asyncio.run(main())
