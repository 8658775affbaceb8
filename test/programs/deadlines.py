"""Deadlines: one within another, one that is moved, one that is left in time. Since 3.11"""
import asyncio


async def slow():
    await asyncio.sleep(10)


async def main():
    try:
        async with asyncio.timeout(3):
            try:
                async with asyncio.timeout(1):
                    await slow()
            except TimeoutError:
                print('inner')
            await slow()
    except TimeoutError:
        print('outer')
    async with asyncio.timeout(2) as limit:
        await asyncio.sleep(1)
        limit.reschedule(asyncio.get_running_loop().time() + 5)
        await asyncio.sleep(2)
        print(limit.expired())


asyncio.run(main())
