"""wait_for gives up after its timeout and cancels what it waits for."""
import asyncio


async def slow():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('cancelled inside')
        raise


async def main():
    try:
        await asyncio.wait_for(slow(), 1)
    except asyncio.TimeoutError:
        print('too slow')


asyncio.run(main())
