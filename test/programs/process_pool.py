"""Jobs of a process pool: when they start is known in the child only."""
import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor


async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as pool:
        print(await loop.run_in_executor(pool, pow, 2, 10))
        try:
            await loop.run_in_executor(pool, divmod, 1, 0)
        except ZeroDivisionError as error:
            print(type(error).__name__)


if __name__ == '__main__':
    asyncio.run(main())
