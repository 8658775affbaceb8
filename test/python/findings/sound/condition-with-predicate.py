import asyncio


async def consumer(condition, items):
    async with condition:
        await condition.wait_for(lambda: items)
        return items.pop()


async def producer(condition, items):
    for n in range(2):
        await asyncio.sleep(0.05)
        async with condition:
            items.append(n)
            condition.notify()


async def main():
    condition, items = asyncio.Condition(), []
    *got, _ = await asyncio.gather(consumer(condition, items), consumer(condition, items), producer(condition, items))
    print(sorted(got))


asyncio.run(main())
