import asyncio


async def subscriber(queue):
    got = []
    while (item := await queue.get()) is not None:
        got.append(item)
    return got


async def main():
    queues = [asyncio.Queue() for _ in range(3)]
    tasks = [asyncio.create_task(subscriber(queue)) for queue in queues]
    for item in ('a', 'b', None):
        await asyncio.sleep(0.01)
        for queue in queues:
            queue.put_nowait(item)
    print(await asyncio.gather(*tasks))


asyncio.run(main())
