"""A condition: wait gives the lock up and takes it again."""
import asyncio


async def waiter(condition, n):
    async with condition:
        await condition.wait()
        print('notified', n)


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(condition, n), name=f'waiter {n}') for n in range(2)]
    await asyncio.sleep(1)
    async with condition:
        condition.notify_all()
    for task in tasks:
        await task


asyncio.run(main())
