"""A queue is shut down, gently and at once. Since 3.13."""
import asyncio


async def consume(queue):
    try:
        while True:
            await queue.get()
            queue.task_done()
    except asyncio.QueueShutDown:
        print('shut down', queue.qsize())


async def main():
    gentle, hard = asyncio.Queue(), asyncio.LifoQueue()
    consumer = asyncio.create_task(consume(gentle))
    for number in range(3):
        gentle.put_nowait(number)
        hard.put_nowait(number)
    await asyncio.sleep(1)
    gentle.shutdown()
    await consumer
    hard.shutdown(immediate=True)
    print(hard.qsize())
    await hard.join()


asyncio.run(main())
