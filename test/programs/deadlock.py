"""Two tasks take two locks in opposite orders: nothing can go on. Never ends by itself."""
import asyncio


async def move(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second:
            print('never')


async def main():
    savings, checking = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(move(savings, checking), move(checking, savings))


asyncio.run(main())
