"""A little of everything; each tracer of before recorded it once, with CPython 3.12 on the virtual clock."""

import asyncio


async def cook(name, seconds, stove):
    async with stove:
        await asyncio.sleep(seconds)
    return name


async def serve(queue):
    while (dish := await queue.get()) is not None:
        print("served", dish)


async def burn():
    await asyncio.sleep(0.5)
    raise ValueError("burnt")


async def main():
    stove, queue = asyncio.Lock(), asyncio.Queue()
    waiter = asyncio.create_task(serve(queue), name="waiter")
    for dish in await asyncio.gather(cook("eggs", 2, stove), cook("toast", 1, stove)):
        await queue.put(dish)
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(10)
    except TimeoutError:
        print("too late")
    results = await asyncio.gather(burn(), return_exceptions=True)
    print("failed with", results[0])
    await queue.put(None)
    await waiter


asyncio.run(main())
