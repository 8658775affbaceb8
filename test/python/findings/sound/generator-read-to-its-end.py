import asyncio


async def pages():
    for n in range(3):
        await asyncio.sleep(0.01)
        yield n


async def main():
    async for page in pages():
        print(page)
    print([page async for page in pages()])


asyncio.run(main())
