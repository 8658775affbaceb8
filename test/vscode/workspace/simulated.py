import asyncio
import httpy


async def main():
    page = await httpy.get("/")  # coroscope: taks 800ms
    rest = await httpy.get("/")  # coroscope: takes 2 seconds
    print(page, rest)


asyncio.run(main())
