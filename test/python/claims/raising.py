"""What cannot be awaited, iterated or entered."""
import asyncio
import contextlib
import time
import warnings

warnings.simplefilter('ignore')


async def work():
    await asyncio.sleep(0)


async def items():
    yield 1


@contextlib.asynccontextmanager
async def managed():
    yield 1


def plain():
    return 3


def silent():
    pass


def counting():
    yield 1


class Empty:
    def method(self):
        return self


async def attempt(coroutine):
    try:
        await coroutine
    except (TypeError, AttributeError, RuntimeError) as error:
        print(type(error).__name__)


async def number():
    await 1


async def text():
    await 'a'


async def pair():
    await (work(), work())


async def several():
    await [work()]


async def uncalled():
    await work


async def of_plain():
    await plain()


async def of_silent():
    await silent()


async def of_counting():
    await counting()


async def of_items():
    await items()


async def of_managed():
    await managed()


async def slept():
    await time.sleep(0)


async def printed():
    await print()


async def measured():
    await len('a')


async def of_object():
    await Empty()


async def nested():
    await asyncio.run(work())


async def a_lock():
    await asyncio.Lock()


async def a_queue():
    await asyncio.Queue()


async def a_limit():
    await asyncio.timeout(1)


async def released():
    lock = asyncio.Lock()
    await lock.acquire()
    await lock.release()


async def is_set():
    event = asyncio.Event()
    await event.set()


async def put_at_once():
    queue = asyncio.Queue()
    await queue.put_nowait(1)


async def cancelled():
    task = asyncio.create_task(work())
    await task.cancel()


async def over_a_list():
    async for _ in [1]:
        pass


async def over_a_range():
    async for _ in range(2):
        pass


async def over_a_coroutine():
    async for _ in work():
        pass


async def over_a_queue():
    async for _ in asyncio.Queue():
        pass


async def over_an_object():
    async for _ in Empty():
        pass


async def in_a_list():
    print([n async for n in [1]])


async def with_a_coroutine():
    async with work():
        pass


async def with_a_generator():
    async with items():
        pass


async def with_an_object():
    async with Empty():
        pass


async def with_an_event():
    async with asyncio.Event():
        pass


async def with_a_queue():
    async with asyncio.Queue():
        pass


async def with_a_task():
    async with asyncio.create_task(work()):
        pass


async def with_a_function():
    async with managed:
        pass


async def main():
    ways = [number, text, pair, several, uncalled, of_plain, of_silent, of_counting, of_items, of_managed, slept, printed]
    ways += [measured, of_object, nested, a_lock, a_queue, released, is_set, put_at_once, cancelled, over_a_list]
    ways += [over_a_range, over_a_coroutine, over_a_queue, over_an_object, in_a_list, with_a_coroutine, with_a_generator]
    ways += [with_an_object, with_an_event, with_a_queue, with_a_task, with_a_function, a_limit]
    for way in ways:
        await attempt(way())


asyncio.run(main())
