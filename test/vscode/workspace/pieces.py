import asyncio


async def task(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def first():
    await task("first", 1)


async def second():
    await task("second", 2)
