import asyncio


async def boil(what):
    await asyncio.sleep(0.2)
    return what
