# from: 11
import asyncio


async def part(n):
    await asyncio.sleep(0.01 * n)
    if n == 1:
        raise ValueError(n)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            for n in range(4):
                group.create_task(part(n))
    except* ValueError as found:
        print(len(found.exceptions))


asyncio.run(main())
