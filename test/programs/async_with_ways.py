"""async with, from entering to leaving: of one's own, of contextlib's, of asyncio's."""
import asyncio
import contextlib


class Slow:
    async def __aenter__(self):
        await asyncio.sleep(1)

    async def __aexit__(self, *error):
        await asyncio.sleep(1)


class Broken:
    async def __aenter__(self):
        raise OSError('no')

    async def __aexit__(self, *error):
        pass


@contextlib.asynccontextmanager
async def opened(name):
    await asyncio.sleep(1)
    try:
        yield name
    finally:
        await asyncio.sleep(1)


async def second(lock):
    async with lock:
        print('second')


async def main():
    async with Slow():
        await asyncio.sleep(1)
    async with opened('a') as name:
        print(name)
    lock = asyncio.Lock()
    async with lock:
        other = asyncio.create_task(second(lock), name='other')
        await asyncio.sleep(1)
    await other
    try:
        async with Broken():
            pass
    except OSError:
        pass
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(Slow())
        await stack.enter_async_context(opened('b'))
    try:
        async with opened('c'):
            raise KeyError('c')
    except KeyError:
        print('c')


asyncio.run(main())
