"""What a timeout does: the task is woken with a cancellation at the very line where it waits.

The `finally` of the slow download still runs; the lock that it held is free again for the next one.
"""

import asyncio


async def download(name, seconds, lock):
    async with lock:
        try:
            await asyncio.sleep(seconds)
            return f"{name}: {seconds} s"
        finally:
            print(f"{name}: connection closed")


async def patient(name, seconds, patience, lock):
    try:
        print(await asyncio.wait_for(download(name, seconds, lock), timeout=patience))
    except asyncio.TimeoutError:
        print(f"{name}: gave up")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(patient("small", 1, 2, lock), patient("huge", 60, 2, lock), patient("medium", 1, 5, lock))


asyncio.run(main())
