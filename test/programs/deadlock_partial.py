"""Two tasks wait for each other for ever, while main goes on."""
import asyncio


async def move(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second:
            print('never')


async def main():
    savings, checking = asyncio.Lock(), asyncio.Lock()
    tasks = [asyncio.create_task(move(savings, checking)), asyncio.create_task(move(checking, savings))]
    for _ in range(3):
        await asyncio.sleep(1)
        print('tick', savings.locked(), checking.locked())
    print([task.done() for task in tasks])
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


asyncio.run(main())
