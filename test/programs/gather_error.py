"""The first error ends the gather; the others go on by themselves."""
import asyncio


async def fail():
    await asyncio.sleep(1)
    raise ValueError('no luck')


async def work():
    await asyncio.sleep(2)
    print('still finished')


async def main():
    try:
        await asyncio.gather(fail(), work())
    except ValueError as error:
        print('caught', error)
    await asyncio.sleep(2)


asyncio.run(main())
