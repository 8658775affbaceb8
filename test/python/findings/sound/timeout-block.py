# from: 11
import asyncio


async def main():
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(5)
    except TimeoutError:
        print('late')
    async with asyncio.timeout(5) as limit:
        limit.reschedule(asyncio.get_running_loop().time() + 1)
        await asyncio.sleep(0.05)
    print('in time')


asyncio.run(main())
