import asyncio


async def fry(what, seconds):
    await asyncio.sleep(seconds)
    print(what)
    return what


async def main():
    plates = await asyncio.gather(fry("eggs", 2), fry("bacon", 3))
    print("served", plates)


asyncio.run(main())
