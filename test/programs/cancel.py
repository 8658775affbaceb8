"""cancel wakes a task with a CancelledError at its await."""
import asyncio


async def work():
    try:
        await asyncio.sleep(10)
    finally:
        print('cleaning up')


async def main():
    task = asyncio.create_task(work(), name='work')
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('cancelled')


asyncio.run(main())
