# from: 11
import asyncio


async def beat():
    while True:
        await asyncio.sleep(0.05)


async def main():
    async with asyncio.TaskGroup() as group:
        heart = group.create_task(beat())
        await asyncio.sleep(0.2)
        heart.cancel()
    print('stopped')


asyncio.run(main())
