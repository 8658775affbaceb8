import asyncio


async def worker(queue, done):
    stopping = False
    while not stopping:
        try:
            item = await queue.get()
        except asyncio.CancelledError:
            stopping = True
        else:
            done.append(item)


async def main():
    queue, done = asyncio.Queue(), []
    task = asyncio.create_task(worker(queue, done))
    for n in range(3):
        await queue.put(n)
        await asyncio.sleep(0.01)
    task.cancel()
    await task
    print(done)


asyncio.run(main())
