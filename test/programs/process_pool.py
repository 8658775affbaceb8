"""Jobs of a process pool: when they start is known in the child only."""
import asyncio
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor


def divided(a, b):
    # A job that has ended before anybody could wait for it wakes in another way.
    time.sleep(0.1)
    return a // b


async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as pool:
        print(await loop.run_in_executor(pool, divided, 2048, 2))
        try:
            await loop.run_in_executor(pool, divided, 1, 0)
        except ZeroDivisionError as error:
            print(type(error).__name__)


if __name__ == '__main__':
    asyncio.run(main())
