"""async for suspends where the generator awaits, not at every item."""
import asyncio


async def ticks(n):
    for i in range(n):
        if i:
            await asyncio.sleep(1)
        yield i


async def main():
    async for tick in ticks(3):
        print(tick)
    print([tick async for tick in ticks(2)])


asyncio.run(main())
