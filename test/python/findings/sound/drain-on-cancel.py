import asyncio


async def handle(item):
    await asyncio.sleep(0.02)
    return item


async def worker(queue, done):
    try:
        while True:
            item = await queue.get()
            done.append(await handle(item))
    except asyncio.CancelledError:
        while not queue.empty():
            done.append(await handle(queue.get_nowait()))


async def main():
    queue, done = asyncio.Queue(), []
    for n in range(6):
        queue.put_nowait(n)
    task = asyncio.create_task(worker(queue, done))
    await asyncio.sleep(0.05)
    task.cancel()
    await task
    print(sorted(done))


asyncio.run(main())
