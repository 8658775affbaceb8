"""A coroutine that is called and never awaited does nothing at all."""
import asyncio


async def save():
    print('never printed')


async def main():
    save()
    await asyncio.sleep(1)
    print('done')


asyncio.run(main())
