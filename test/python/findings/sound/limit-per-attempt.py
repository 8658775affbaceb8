import asyncio


async def answer(n):
    await asyncio.sleep(1 if n < 2 else 0.05)
    return n


async def main():
    for n in range(4):
        try:
            print(await asyncio.wait_for(answer(n), 0.2))
            break
        except asyncio.TimeoutError:
            print('again')


asyncio.run(main())
