"""Tasks, coroutines and results die when they would without a tracer, and memory does not grow."""
import asyncio
import gc
import weakref


class Result:
    pass


async def work():
    await asyncio.sleep(0)
    return Result()


async def fails():
    raise ValueError(Result())


async def main():
    gc.disable()
    coro = work()
    task = asyncio.create_task(coro)
    known = [weakref.ref(coro), weakref.ref(task)]
    del coro
    result = await task
    known.append(weakref.ref(result))
    del task, result
    await asyncio.sleep(0)
    print([ref() is None for ref in known])
    print(isinstance((await asyncio.gather(fails(), return_exceptions=True))[0], ValueError))
    gc.collect()
    counts = []
    for _ in range(3):
        for _ in range(200):
            await asyncio.create_task(work())
        gc.collect()
        counts.append(len(gc.get_objects()))
    print(sum(isinstance(each, (Result, asyncio.Task)) for each in gc.get_objects()), counts[2] - counts[1] < 100)


asyncio.run(main())
