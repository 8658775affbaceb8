"""``sys.exit`` in a task, with clean-up, and what runs after it."""
import asyncio
import atexit
import logging
import sys

logging.basicConfig()
atexit.register(lambda: logging.warning('at exit'))


async def other():
    try:
        await asyncio.sleep(10)
    finally:
        print('cleaned up')


async def main():
    task = asyncio.create_task(other())
    await asyncio.sleep(0)
    sys.exit(7 if task else 0)


asyncio.run(main())
