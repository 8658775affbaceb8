"""Async generators item by item, and all the ways in which they end."""
import asyncio


async def ticks(n):
    for i in range(n):
        if i % 2:
            await asyncio.sleep(1)
        try:
            yield i
        except KeyError:
            yield 'thrown'


async def doubled(source):
    async for item in source:
        yield item * 2


async def shared(source, name):
    print(name, await source.__anext__())


async def main():
    async for tick in doubled(ticks(3)):
        print(tick)
    async for tick in ticks(9):
        break
    await asyncio.sleep(1)
    closed = ticks(2)
    await closed.__anext__()
    await closed.aclose()
    thrown = ticks(2)
    await thrown.__anext__()
    print(await thrown.athrow(KeyError('x')))
    source = ticks(4)
    await asyncio.gather(shared(source, 'a'))
    await asyncio.gather(shared(source, 'b'))
    global kept
    await thrown.aclose()
    kept = ticks(5), source
    print([item async for item in doubled(each async for each in ticks(2))])


asyncio.run(main())
