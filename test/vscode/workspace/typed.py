import asyncio


async def boil(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(boil("egg", 2), name="egg")
        group.create_task(boil("tea", 1), name="tea")
    print("served")


asyncio.run(main())
