"""A thread's job ends, and a thread cancels."""
import asyncio
import concurrent.futures
import threading


def fetch(gate):
    gate.wait()
    return 'fetched'


def give_up(loop, task):
    loop.call_soon_threadsafe(task.cancel)


async def sleeper():
    await asyncio.sleep(3600)


async def main():
    loop = asyncio.get_running_loop()
    gate = threading.Event()
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        loop.call_soon(gate.set)
        print(await loop.run_in_executor(pool, fetch, gate))
        task = asyncio.create_task(sleeper(), name='sleeper')
        await asyncio.sleep(0)
        pool.submit(give_up, loop, task)
        await asyncio.wait([task])
        print(task.cancelled())


asyncio.run(main())
