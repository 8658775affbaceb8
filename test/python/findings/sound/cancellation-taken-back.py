# from: 11
import asyncio


async def worker(log):
    for n in range(4):
        try:
            await asyncio.sleep(0.1)
            log.append(n)
        except asyncio.CancelledError:
            asyncio.current_task().uncancel()
            log.append('skipped')


async def main():
    log = []
    task = asyncio.create_task(worker(log))
    await asyncio.sleep(0.15)
    task.cancel()
    await task
    print(log)


asyncio.run(main())
