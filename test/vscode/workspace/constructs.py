import asyncio


async def numbers():
    for n in range(3):
        await asyncio.sleep(0.5)
        yield n


async def main():
    lock = asyncio.Lock()
    async with lock:
        async for n in numbers():
            print(n)
    task = asyncio.create_task(asyncio.sleep(1, "slept"), name="sleeper")
    print(await task)


asyncio.run(main())
