"""A blocking call in a thread: the loop goes on."""
import asyncio
import threading

gate = threading.Event()


def blocking():
    gate.wait()
    return 'from a thread'


async def main():
    job = asyncio.create_task(asyncio.to_thread(blocking), name='job')
    await asyncio.sleep(0)
    print('loop goes on')
    gate.set()
    print(await job)


asyncio.run(main())
