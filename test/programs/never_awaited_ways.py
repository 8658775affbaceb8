"""Coroutines that are never awaited, in every way: the line that made each is told where it can be, and only there."""
import asyncio
import gc
import warnings

warnings.simplefilter('ignore')


async def held():
    pass


async def listed(n):
    pass


async def twice(n):
    pass


async def same():
    pass


async def circular():
    pass


async def handed():
    pass


async def renamed():
    pass


async def nested():
    pass


class Store:
    async def save(self, what):
        pass


kept = [listed(7)]


def holder():
    coro = held()
    return len(str(coro)) > 0


class Circle:
    def __init__(self):
        self.me = self
        self.coro = circular()


async def main():
    holder()
    first, second = twice(1), twice(2)
    await first
    del second
    one = same()
    two = same()
    del one, two
    Circle()
    gc.collect(0)
    Store().save('this')
    await asyncio.sleep(1)
    asyncio.gather(handed())
    alias = renamed
    alias()
    try:
        asyncio.run(nested())
    except RuntimeError as error:
        print(error)


asyncio.run(main())
