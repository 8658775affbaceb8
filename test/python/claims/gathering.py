"""How many tasks `gather` makes."""
import asyncio


async def work(n=0):
    await asyncio.sleep(0)
    if n > 1:
        raise ValueError(n)
    return n


async def quick():
    return 1


async def main():
    await asyncio.gather()
    await asyncio.gather(work())
    await asyncio.gather(work(), quick(), asyncio.sleep(0))
    a = asyncio.create_task(work())
    b = asyncio.ensure_future(quick())
    await asyncio.gather(a, b)
    await asyncio.gather(a, work())
    await asyncio.gather(a, b)
    await asyncio.gather(*[work() for _ in range(4)])
    queue = asyncio.Queue()
    await asyncio.gather(queue.put(1), queue.get())
    await asyncio.gather(work(2), work(), return_exceptions=True)
    c = work()
    await asyncio.gather(c, c)
    many = [work(), work()]
    await asyncio.gather(many[0], many[1])
    try:
        await asyncio.gather(work(2), asyncio.sleep(0.01))
    except ValueError as error:
        print('failed', error)
    await asyncio.gather(asyncio.gather(work(), work()), work())
    await asyncio.sleep(0.02)


asyncio.run(main())
