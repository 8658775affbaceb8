"""Everybody waits, and nobody is left to set the event, or to do what is in the queue. Never ends by itself."""
import asyncio


async def worker(jobs):
    while True:
        await jobs.get()


async def main():
    jobs, ready = asyncio.Queue(3), asyncio.Event()
    worker_task = asyncio.create_task(worker(jobs), name='worker')
    for i in range(2):
        jobs.put_nowait(i)
    other = asyncio.create_task(ready.wait(), name='other')
    await asyncio.gather(jobs.join(), other)
    worker_task.cancel()


asyncio.run(main())
