import asyncio


async def main():
    queue = asyncio.PriorityQueue()
    for n in (3, 1, 2):
        await queue.put((n, f'job {n}'))
    while not queue.empty():
        print((await queue.get())[1])
        queue.task_done()
    await queue.join()


asyncio.run(main())
