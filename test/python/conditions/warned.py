"""Warnings: never awaited, resources, the origin of coroutines; debug mode and ``-W error`` make them more."""
import asyncio
import gc
import sys


async def never():
    pass


async def main():
    never()
    gc.collect()
    sys.set_coroutine_origin_tracking_depth(3)
    never()
    gc.collect()
    sys.set_coroutine_origin_tracking_depth(0)
    asyncio.get_running_loop().slow_callback_duration = 100
    await asyncio.sleep(0)

    async def items():
        try:
            yield 1
        finally:
            print('finalised')

    async for _ in items():
        break
    await asyncio.sleep(0)


asyncio.run(main())
loop = asyncio.new_event_loop()
del loop
gc.collect()
