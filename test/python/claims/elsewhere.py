"""What a name, a method or a class stands for is decided in another place than where it is awaited."""
import asyncio
from asyncio import sleep


def blocking():
    from time import sleep

    sleep(0)


task = None
lock = None
counted = None


async def f(x=1):
    await sleep(0.001)
    return x


async def g():
    return 7


async def cb():
    return 8


class Base:
    async def run(self):
        await self.step()
        await self.todo()
        async for _ in self.items():
            pass
        async with self.session():
            pass

    async def step(self): ...

    def todo(self):
        raise NotImplementedError

    async def items(self):
        yield 1

    async def own(self):
        await sleep(0)


class Alias:
    async def start(self):
        await sleep(0)

    async def stop(self, *how):
        pass

    __aenter__ = start
    __aexit__ = stop


class Child(Base):
    async def step(self):
        await asyncio.sleep(0.001)

    async def todo(self):
        await asyncio.sleep(0.001)

    async def items(self):
        await asyncio.sleep(0.001)
        yield 2

    def session(self):
        return Alias()


class New:
    async def __new__(cls, *given):
        await sleep(0)
        return super().__new__(cls)


class Connection:
    async def close(self):
        await sleep(0.001)


class Pool:
    async def __aenter__(self):
        return Connection()

    async def __aexit__(self, *how):
        pass

    async def close(self):
        pass


class Holder:
    def __init__(self):
        self.task = None
        self.cb = f

    async def wait(self):
        await self.task

    async def cb(self):
        return 1

    async def call(self):
        await self.cb()


class Slow:
    def __await__(self):
        yield from asyncio.sleep(0.001).__await__()


class Slower(Slow):
    pass


class Chosen:
    if asyncio:

        async def __aenter__(self):
            await sleep(0)

        async def __aexit__(self, *how):
            pass


class Service:
    async def create_task(self, title):
        return title


async def add(service):
    return await service.create_task('buy milk')


async def setup():
    global task, lock
    task = asyncio.create_task(f())
    lock = asyncio.Lock()


async def use():
    await task
    async with lock:
        pass


async def closure():
    found = None

    def put():
        nonlocal found
        found = asyncio.ensure_future(f())

    put()
    await found


async def main():
    await setup()
    await use()
    await closure()
    await Child().run()
    await Child().own()
    async with Alias():
        pass
    await New()
    async with Pool() as connection:
        await connection.close()
    holder = Holder()
    holder.task = asyncio.create_task(g())
    await holder.wait()
    await holder.call()
    await Slower()
    async with Chosen():
        pass
    await add(Service())
    for _, cb in [('a', f), ('b', f)]:
        await cb()
    [await g() for g in (f, f)]
    try:
        raise ValueError
    except ValueError as cb:
        pass
    future = asyncio.ensure_future(asyncio.get_running_loop().create_future())
    future.set_result(1)
    await future
    await asyncio.sleep(delay=0)
    again = f()
    await asyncio.gather(again)
    try:
        await again
    except RuntimeError:
        pass
    closed = f()
    closed.close()
    try:
        await closed
    except RuntimeError:
        pass


asyncio.run(main())
