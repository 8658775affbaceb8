import asyncio

from galley import boil


async def main():
    await boil(0.1)
    print("served")


asyncio.run(main())
