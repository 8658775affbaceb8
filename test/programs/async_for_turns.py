"""Which turn of which async for a task waits in: for the next item, or in the body that runs for one."""
import asyncio


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await asyncio.sleep(1)
        return self.n


async def letters(word):
    for letter in word:
        await asyncio.sleep(1)
        yield letter


async def main():
    for _ in range(2):
        async for number in Countdown(2):
            await asyncio.sleep(number)
    async for first in letters('ab'):
        async for second in letters('cd'):
            if second == 'd':
                continue
            try:
                await asyncio.sleep(1)
            finally:
                print(first, second)
    await asyncio.sleep(1)
    print([letter async for letter in letters('ef') if await asyncio.sleep(1, letter)])


asyncio.run(main())
