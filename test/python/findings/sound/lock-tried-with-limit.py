import asyncio


async def use(lock, name, held, out):
    try:
        await asyncio.wait_for(lock.acquire(), 0.1)
    except asyncio.TimeoutError:
        out.append(f'{name} gave up')
        return
    try:
        await asyncio.sleep(held)
        out.append(f'{name} done')
    finally:
        lock.release()


async def main():
    lock, out = asyncio.Lock(), []
    await asyncio.gather(use(lock, 'a', 0.3, out), use(lock, 'b', 0.1, out))
    print(out)


asyncio.run(main())
