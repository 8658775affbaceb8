import asyncio


async def serve(log):
    try:
        while True:
            await asyncio.sleep(0.1)
    except asyncio.CancelledError:
        for step in ('flush', 'close'):
            await asyncio.sleep(0.05)
            log.append(step)
        raise


async def main():
    log = []
    task = asyncio.create_task(serve(log))
    await asyncio.sleep(0.25)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    print(log)


asyncio.run(main())
