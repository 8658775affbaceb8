"""create_task starts work at once; awaiting it later costs only the rest."""
import asyncio


async def work():
    await asyncio.sleep(2)
    return 'done'


async def main():
    task = asyncio.create_task(work(), name='work')
    await asyncio.sleep(1)
    print('before await')
    print(await task)


asyncio.run(main())
