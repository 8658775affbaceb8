import asyncio


async def load(n):
    await asyncio.sleep(0.01 * n)
    if n == 2:
        raise ValueError(n)
    return n


async def main():
    results = await asyncio.gather(*(load(n) for n in range(4)), return_exceptions=True)
    for result in results:
        print('failed' if isinstance(result, Exception) else result)


asyncio.run(main())
