"""A coroutine object runs once: to await it again is an error, told with both places."""
import asyncio


async def fetch():
    await asyncio.sleep(1)
    return 'data'


class Page:
    def __init__(self):
        self.body = fetch()


async def again(coro):
    return await coro


async def main():
    coro = fetch()
    print(await coro)
    try:
        await coro
    except RuntimeError as error:
        print(error)
    page = Page()
    await page.body
    print(await asyncio.gather(again(page.body), return_exceptions=True))
    task = asyncio.create_task(coro)
    print(await asyncio.gather(task, return_exceptions=True))
    shared = fetch()
    print(await asyncio.gather(again(shared), again(shared), return_exceptions=True))


asyncio.run(main())
