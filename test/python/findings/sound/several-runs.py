import asyncio


async def one(n):
    lock = asyncio.Lock()
    async with lock:
        await asyncio.sleep(0.01)
    return n


print([asyncio.run(one(n)) for n in range(3)])
