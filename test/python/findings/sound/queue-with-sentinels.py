import asyncio


async def worker(queue, out):
    while True:
        item = await queue.get()
        if item is None:
            return
        await asyncio.sleep(0.01)
        out.append(item)


async def main():
    queue, out = asyncio.Queue(2), []
    workers = [asyncio.create_task(worker(queue, out)) for _ in range(3)]
    for n in range(7):
        await queue.put(n)
    for _ in workers:
        await queue.put(None)
    await asyncio.gather(*workers)
    print(sorted(out))


asyncio.run(main())
