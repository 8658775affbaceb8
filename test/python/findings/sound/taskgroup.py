# from: 11
import asyncio


async def part(n):
    await asyncio.sleep(0.01 * n)
    return n


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(part(n)) for n in range(4)]
    print([task.result() for task in tasks])


asyncio.run(main())
