"""wait until all are completed."""
import asyncio


async def work(n):
    await asyncio.sleep(n)


async def main():
    tasks = [asyncio.create_task(work(n), name=f'work {n}') for n in (1, 2)]
    done, pending = await asyncio.wait(tasks)
    print(len(done), len(pending))


asyncio.run(main())
