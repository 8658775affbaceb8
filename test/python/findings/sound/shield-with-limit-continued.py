import asyncio


async def slow():
    await asyncio.sleep(0.2)
    return 'done'


async def main():
    task = asyncio.create_task(slow())
    while True:
        try:
            print(await asyncio.wait_for(asyncio.shield(task), 0.05))
            return
        except asyncio.TimeoutError:
            print('still at it')


asyncio.run(main())
