import asyncio


async def boil(seconds):
    await asyncio.sleep(seconds)
