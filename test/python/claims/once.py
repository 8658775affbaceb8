"""A coroutine runs once; a task can be awaited again."""
import asyncio


async def work():
    await asyncio.sleep(0)
    return 1


async def quick():
    return 2


async def twice():
    c = work()
    print(await c)
    print(await c)


async def twice_in_one():
    c = quick()
    print(await c + await c)


async def in_a_loop():
    c = work()
    for _ in range(2):
        print(await c)


async def in_a_list():
    c = quick()
    print([await c for _ in range(2)])


async def perhaps(first):
    c = work()
    if first:
        await c
    await c


async def either(first):
    c = work()
    if first:
        await c
    else:
        await c


async def after_an_attempt():
    c = work()
    try:
        await c
        await c
    finally:
        await c


async def anew():
    c = work()
    await c
    c = work()
    await c


async def anew_each_time():
    for _ in range(2):
        c = work()
        await c


async def a_task():
    t = asyncio.create_task(work())
    await t
    await t


async def retried():
    c = quick()
    while True:
        try:
            await c
            break
        except ValueError:
            pass


async def main():
    ways = [twice(), twice_in_one(), in_a_loop(), in_a_list(), perhaps(True), perhaps(False), either(True), either(False)]
    for way in ways + [after_an_attempt(), anew(), anew_each_time(), a_task(), retried()]:
        try:
            await way
        except RuntimeError as error:
            print(error)


asyncio.run(main())
