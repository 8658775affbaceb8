"""A coroutine may run as a task, inside one, by itself, or not at all: the same function in each part."""
import asyncio


async def down(n):
    if n:
        await asyncio.sleep(1)
        return await down(n - 1) + 1
    return 0


class Wrapped:
    def __init__(self, coro):
        self.coro = coro

    def __await__(self):
        return self.coro.__await__()


async def by_hand():
    """Driven without a loop's help, inside a step of another task."""
    coro = down(0)
    try:
        coro.send(None)
    except StopIteration as end:
        return end.value


async def main():
    print(await asyncio.gather(down(2), down(0), by_hand(), Wrapped(down(1))))
    never = asyncio.create_task(down(1), name='never')
    never.cancel()
    print(await asyncio.gather(never, return_exceptions=True))
    print(await asyncio.wait_for(down(1), 5))


asyncio.run(main())
