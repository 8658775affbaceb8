# engine: interpreter
import asyncio
import time


def read(n):
    time.sleep(0.2)
    return n


async def main():
    loop = asyncio.get_running_loop()
    print(await asyncio.gather(*(loop.run_in_executor(None, read, n) for n in range(4))))


asyncio.run(main())
