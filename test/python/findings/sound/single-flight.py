import asyncio

pending = {}


async def load(key):
    await asyncio.sleep(0.05)
    return key.upper()


async def get(key):
    if key not in pending:
        pending[key] = asyncio.create_task(load(key))
    return await pending[key]


async def main():
    print(await asyncio.gather(get('a'), get('a'), get('b')))


asyncio.run(main())
