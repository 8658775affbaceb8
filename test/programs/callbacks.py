"""call_soon, call_later and a done callback: callbacks that are no task steps."""
import asyncio


async def work():
    await asyncio.sleep(1)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, 'soon')
    loop.call_later(2, print, 'later')
    task = asyncio.create_task(work(), name='work')
    task.add_done_callback(lambda task: print('done callback'))
    await asyncio.sleep(3)


asyncio.run(main())
