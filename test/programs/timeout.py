"""async with timeout: a deadline for a block. Since 3.11."""
import asyncio


async def main():
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(10)
    except TimeoutError:
        print('too slow')


asyncio.run(main())
