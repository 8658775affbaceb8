import asyncio


async def total(numbers):
    found = 0
    for start in range(0, len(numbers), 1000):
        found += sum(numbers[start : start + 1000])
        await asyncio.sleep(0)
    return found


async def main():
    print(await asyncio.gather(total(range(20_000)), total(range(10_000))))


asyncio.run(main())
