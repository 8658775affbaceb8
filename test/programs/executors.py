"""Jobs of thread pools: the loop's own and one of the program's; one fails, one is cancelled before it starts."""
import asyncio
import functools
import threading
from concurrent.futures import ThreadPoolExecutor

# Each job waits until the task that waits for it is suspended.
gate = threading.Semaphore(0)


def square(number):
    gate.acquire()
    return number * number


def fails():
    gate.acquire()
    raise ValueError('no such thing')


class Shop:
    def open(self):
        gate.acquire()
        return 'open'


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(gate.release)
    print(await loop.run_in_executor(None, square, 3))
    loop.call_soon(gate.release)
    print(await loop.run_in_executor(None, functools.partial(square, number=4)))
    with ThreadPoolExecutor(1, thread_name_prefix='shop') as pool:
        loop.call_soon(gate.release)
        print(await asyncio.wrap_future(pool.submit(Shop().open)))
        loop.call_soon(gate.release)
        try:
            await loop.run_in_executor(pool, fails)
        except ValueError as error:
            print('failed:', error)
        held = loop.run_in_executor(pool, gate.acquire)
        late = pool.submit(square, 5)
        print('cancelled:', late.cancel())
        loop.call_soon(gate.release)
        print(await held)


asyncio.run(main())
