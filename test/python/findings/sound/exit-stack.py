import asyncio
import contextlib


@contextlib.asynccontextmanager
async def resource(name, log):
    await asyncio.sleep(0.01)
    log.append(f'open {name}')
    try:
        yield name
    finally:
        await asyncio.sleep(0.01)
        log.append(f'close {name}')


async def main():
    log = []
    async with contextlib.AsyncExitStack() as stack:
        for name in ('a', 'b'):
            await stack.enter_async_context(resource(name, log))
    print(log)


asyncio.run(main())
