import asyncio


async def rows(log):
    try:
        for n in range(100):
            await asyncio.sleep(0.001)
            yield n
    finally:
        await asyncio.sleep(0.01)
        log.append('closed')


async def main():
    log = []
    source = rows(log)
    try:
        async for row in source:
            if row == 3:
                break
    finally:
        await source.aclose()
    print(log)


asyncio.run(main())
