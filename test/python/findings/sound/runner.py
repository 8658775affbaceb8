# from: 11
import asyncio


async def step(n):
    await asyncio.sleep(0.01)
    return n


with asyncio.Runner() as runner:
    print([runner.run(step(n)) for n in range(3)])
