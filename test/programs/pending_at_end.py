"""main ends first: asyncio.run cancels what is left."""
import asyncio


async def background():
    while True:
        await asyncio.sleep(1)
        print('tick')


async def main():
    task = asyncio.create_task(background(), name='background')
    await asyncio.sleep(2.5)
    print('main ends', task.done())


asyncio.run(main())
