import asyncio

runs = 0


async def service():
    global runs
    runs += 1
    await asyncio.sleep(0.05)
    if runs < 3:
        raise ConnectionError(runs)
    return 'ok'


async def main():
    while True:
        try:
            print(await service())
            return
        except ConnectionError as error:
            print('restart', error)
            await asyncio.sleep(0.01)


asyncio.run(main())
