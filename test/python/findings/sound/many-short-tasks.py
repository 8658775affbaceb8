import asyncio


async def add(n, out):
    await asyncio.sleep(0)
    out.append(n)


async def main():
    out = []
    for start in range(0, 300, 50):
        await asyncio.gather(*(add(n, out) for n in range(start, start + 50)))
    print(len(out))


asyncio.run(main())
