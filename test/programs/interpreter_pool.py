"""Jobs of a pool of interpreters. Since 3.14."""
import asyncio
import concurrent.futures


async def main():
    loop = asyncio.get_running_loop()
    with concurrent.futures.InterpreterPoolExecutor(1) as pool:
        print(await loop.run_in_executor(pool, pow, 2, 10))


asyncio.run(main())
