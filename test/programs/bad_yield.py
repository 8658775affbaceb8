"""An __await__ that yields what no loop knows: the task is told at once, by an exception at its await."""
import asyncio


class Odd:
    def __await__(self):
        yield 'odd'


async def main():
    try:
        await Odd()
    except RuntimeError as error:
        print(error)


asyncio.run(main())
