import asyncio


async def query(log):
    try:
        await asyncio.sleep(5)
    finally:
        await asyncio.sleep(0.05)
        log.append('rolled back')


async def main():
    log = []
    try:
        await asyncio.wait_for(query(log), 0.1)
    except asyncio.TimeoutError:
        log.append('late')
    print(log)


asyncio.run(main())
