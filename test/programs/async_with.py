"""async with may suspend on the way in and on the way out."""
import asyncio


class Connection:
    async def __aenter__(self):
        await asyncio.sleep(1)
        print('open')
        return self

    async def __aexit__(self, *error):
        await asyncio.sleep(1)
        print('closed')


async def main():
    async with Connection():
        print('inside')


asyncio.run(main())
