import asyncio


async def forever():
    await asyncio.Event().wait()


async def main():
    tasks = [asyncio.create_task(forever()) for _ in range(3)]
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print('down')


asyncio.run(main())
