# from: 11
import asyncio


async def racer(barrier, n):
    await asyncio.sleep(0.01 * n)
    await barrier.wait()
    return n


async def main():
    barrier = asyncio.Barrier(3)
    print(await asyncio.gather(*(racer(barrier, n) for n in range(3))))


asyncio.run(main())
