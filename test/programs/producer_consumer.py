"""A producer, a bounded queue, two consumers."""
import asyncio


async def produce(queue):
    for i in range(4):
        await queue.put(i)
    for _ in range(2):
        await queue.put(None)


async def consume(queue, name):
    while True:
        item = await queue.get()
        if item is None:
            return
        await asyncio.sleep(1)
        print(name, item)


async def main():
    queue = asyncio.Queue(maxsize=1)
    producer = asyncio.create_task(produce(queue), name='producer')
    consumers = [asyncio.create_task(consume(queue, name), name=name) for name in ('one', 'two')]
    await producer
    for consumer in consumers:
        await consumer


asyncio.run(main())
