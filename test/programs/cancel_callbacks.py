"""Cancelled by a timer, by a callback, by a done callback of another task."""
import asyncio


async def sleeper():
    await asyncio.sleep(10)


async def short():
    await asyncio.sleep(3)


async def main():
    loop = asyncio.get_running_loop()
    one = asyncio.create_task(sleeper(), name='by timer')
    loop.call_later(1, one.cancel)
    two = asyncio.create_task(sleeper(), name='by callback')
    await asyncio.sleep(2)
    loop.call_soon(two.cancel)
    three = asyncio.create_task(sleeper(), name='by the end of short')
    first = asyncio.create_task(short(), name='short')
    first.add_done_callback(lambda _: three.cancel())
    print([type(each).__name__ for each in await asyncio.gather(one, two, three, first, return_exceptions=True)])


asyncio.run(main())
