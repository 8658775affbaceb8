import asyncio

from kitchen import boil


async def main():
    print(await asyncio.gather(boil("rice"), boil("eggs")))


asyncio.run(main())
