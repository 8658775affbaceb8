import asyncio


async def part(n):
    await asyncio.sleep(0.05 - 0.01 * n)
    return n


async def main():
    for each in asyncio.as_completed([part(n) for n in range(4)]):
        print(await each)


asyncio.run(main())
