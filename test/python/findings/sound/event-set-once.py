import asyncio


async def waiter(ready, n):
    await ready.wait()
    return n


async def main():
    ready = asyncio.Event()
    tasks = [asyncio.create_task(waiter(ready, n)) for n in range(3)]
    await asyncio.sleep(0.1)
    ready.set()
    print(await asyncio.gather(*tasks))


asyncio.run(main())
