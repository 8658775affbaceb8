import asyncio


async def fragile():
    await asyncio.sleep(0.01)
    raise ValueError('no')


async def main():
    task = asyncio.create_task(fragile())
    await asyncio.sleep(0.1)
    try:
        await task
    except ValueError as error:
        print('late, but seen:', error)


asyncio.run(main())
