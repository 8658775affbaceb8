import asyncio


async def fetch(limit, n):
    async with limit:
        await asyncio.sleep(0.02)
        return n


async def main():
    limit = asyncio.Semaphore(3)
    print(sum(await asyncio.gather(*(fetch(limit, n) for n in range(12)))))


asyncio.run(main())
