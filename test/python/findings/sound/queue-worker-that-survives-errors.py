import asyncio


async def worker(queue, failed):
    while True:
        item = await queue.get()
        try:
            await asyncio.sleep(0.01)
            10 // item
        except ZeroDivisionError:
            failed.append(item)
        finally:
            queue.task_done()


async def main():
    queue, failed = asyncio.Queue(), []
    workers = [asyncio.create_task(worker(queue, failed)) for _ in range(2)]
    for n in range(4):
        queue.put_nowait(n)
    await queue.join()
    for each in workers:
        each.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    print(failed)


asyncio.run(main())
