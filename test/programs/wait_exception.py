"""wait until the first exception."""
import asyncio


async def fail():
    await asyncio.sleep(1)
    raise KeyError('x')


async def work():
    await asyncio.sleep(3)


async def main():
    failing = asyncio.create_task(fail(), name='fail')
    working = asyncio.create_task(work(), name='work')
    done, pending = await asyncio.wait([failing, working], return_when=asyncio.FIRST_EXCEPTION)
    print(repr(failing.exception()), len(pending))
    await working


asyncio.run(main())
