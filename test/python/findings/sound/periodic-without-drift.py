import asyncio


async def every(seconds, times, out):
    loop = asyncio.get_running_loop()
    begin = loop.time()
    for n in range(1, times + 1):
        out.append(n)
        await asyncio.sleep(max(0, begin + n * seconds - loop.time()))


async def main():
    out = []
    await every(0.05, 4, out)
    print(out)


asyncio.run(main())
