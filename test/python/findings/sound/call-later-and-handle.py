import asyncio


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    late = loop.call_later(5, print, 'never')
    loop.call_later(0.05, done.set_result, 'now')
    print(await done)
    late.cancel()


asyncio.run(main())
