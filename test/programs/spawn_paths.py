"""Every way to make a task."""
import asyncio


async def work(n):
    await asyncio.sleep(n / 10)
    return n


async def main():
    loop = asyncio.get_running_loop()
    first = asyncio.create_task(work(1))
    second = loop.create_task(work(2))
    third = asyncio.ensure_future(work(3))
    print(await asyncio.gather(work(4), first, second, third))
    print(await asyncio.wait_for(work(5), 1))
    for each in asyncio.as_completed([work(6)]):
        print(await each)


asyncio.run(main())
