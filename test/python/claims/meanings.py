"""Names whose meaning the source does not settle: nothing may be claimed of them."""
import asyncio
import functools

try:
    from nowhere import fetch
except ImportError:

    async def fetch():
        return 1


async def plain():
    return 1


def slowly(function):
    @functools.wraps(function)
    async def wrapper(*args):
        await asyncio.sleep(0)
        return await function(*args)

    return wrapper


@slowly
async def decorated():
    return 2


@functools.lru_cache
def cached():
    return asyncio.ensure_future(plain())


if True:

    async def either():
        await asyncio.sleep(0)
else:

    async def either():
        return 1


class Base:
    def __await__(self):
        yield
        return 1


class Derived(Base):
    pass


class Client:
    def __init__(self):
        self.lock = asyncio.Lock()

    @slowly
    async def get(self):
        return 1

    @staticmethod
    async def static():
        return 1

    async def close(self):
        return 1


async def given(queue, sleep, gather=None):
    await queue
    await sleep(1)
    if gather:
        await gather()


async def returning():
    return plain()


def handing():
    return asyncio.sleep(0)


async def main():
    await fetch()
    await decorated()
    await cached()
    await either()
    await Derived()
    client = Client()
    await client.get()
    await client.static()
    await client.close()
    await given(plain(), lambda n: plain())
    await (await returning())
    await handing()
    work = plain()
    await work
    work = asyncio.create_task(plain())
    await work
    sleep = plain
    await sleep()
    x = plain() if client else 3
    await x
    await (asyncio.sleep(0) if client else plain())
    await (lambda: plain())()
    await {'a': plain}['a']()
    await [plain(), asyncio.sleep(0)][1]


asyncio.run(main())
