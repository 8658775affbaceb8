import asyncio


class Debounce:
    def __init__(self, delay, act):
        self.delay, self.act, self.task = delay, act, None

    def __call__(self, value):
        if self.task:
            self.task.cancel()
        self.task = asyncio.create_task(self.later(value))

    async def later(self, value):
        await asyncio.sleep(self.delay)
        self.act(value)


async def main():
    out = []
    debounce = Debounce(0.05, out.append)
    for n in range(5):
        debounce(n)
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    print(out)


asyncio.run(main())
