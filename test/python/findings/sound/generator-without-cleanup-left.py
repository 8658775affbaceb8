import asyncio


async def numbers():
    n = 0
    while True:
        await asyncio.sleep(0.001)
        yield n
        n += 1


async def main():
    async for n in numbers():
        if n == 3:
            break
    print(n)


asyncio.run(main())
