import asyncio


async def poll():
    while True:
        await asyncio.sleep(0.1)


async def main():
    task = asyncio.create_task(poll())
    await asyncio.sleep(0.35)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('stopped')


asyncio.run(main())
