"""An object with __await__, which awaits in turn."""
import asyncio


class Delay:
    def __init__(self, seconds):
        self.seconds = seconds

    def __await__(self):
        yield from asyncio.sleep(self.seconds).__await__()
        return 'slept'


class Yields:
    def __await__(self):
        yield
        return 'yielded'


async def main():
    print(await Delay(1))
    print(await Yields())


asyncio.run(main())
