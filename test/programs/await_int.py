"""await of something that cannot be awaited."""
import asyncio


async def main():
    await asyncio.sleep(1)
    await 42


asyncio.run(main())
