import asyncio


async def download(n):
    await asyncio.sleep(1)
    return n


async def main():
    for n in range(3):
        inner = asyncio.create_task(download(n))
        asyncio.get_running_loop().call_later(0.05, inner.cancel)
        try:
            await inner
        except asyncio.CancelledError:
            print('skipped', n)


asyncio.run(main())
