"""`await` binds tighter than every operator."""
import asyncio


async def one():
    return 1


async def two():
    await asyncio.sleep(0)
    return 2


async def main():
    total = await one() + await two()
    total += await two() * 2 ** await one()
    total -= (await one() - await two()) // await one()
    text = 'a' + str(await one()) + f'{await two() + 1:>3}'
    print(await one() < await two() < 3, await one() and await two(), not await one())
    print(await two() if await one() == 1 else await one(), -await one(), await one() in [1], await one() | 4)
    print([await one() + n for n in range(2)], {await two(): await one() - 1}, total, text)
    print(await one()
          + await two()
          + 3)
    try:
        print(await 1 + 2)
    except TypeError as error:
        print(error)
    try:
        print(await (one() + two()))
    except TypeError as error:
        print(error)


asyncio.run(main())
