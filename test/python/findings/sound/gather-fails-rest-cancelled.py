import asyncio


async def part(n):
    await asyncio.sleep(0.1 * n)
    if n == 1:
        raise ValueError(n)


async def main():
    tasks = [asyncio.create_task(part(n)) for n in range(1, 4)]
    try:
        await asyncio.gather(*tasks)
    except ValueError:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        print('all stopped')


asyncio.run(main())
