import asyncio


async def mirror(name, delay):
    await asyncio.sleep(delay)
    return name


async def main():
    tasks = {asyncio.create_task(mirror('slow', 0.5)), asyncio.create_task(mirror('fast', 0.1))}
    done, rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        task.cancel()
    await asyncio.wait(rest)
    print(done.pop().result())


asyncio.run(main())
