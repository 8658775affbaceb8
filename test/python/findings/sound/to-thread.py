# from: 9
# engine: interpreter
import asyncio
import time


async def beat(out):
    for n in range(4):
        out.append(n)
        await asyncio.sleep(0.05)


async def main():
    out = []
    await asyncio.gather(asyncio.to_thread(time.sleep, 0.2), beat(out))
    print(out)


asyncio.run(main())
