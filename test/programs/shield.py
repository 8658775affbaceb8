"""shield keeps a cancellation away from the inner task."""
import asyncio


async def save():
    await asyncio.sleep(2)
    print('saved')


async def request(inner):
    await asyncio.shield(inner)


async def main():
    inner = asyncio.create_task(save(), name='save')
    outer = asyncio.create_task(request(inner), name='request')
    await asyncio.sleep(1)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print('request cancelled')
    await inner


asyncio.run(main())
