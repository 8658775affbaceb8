import asyncio


async def commit(log):
    await asyncio.sleep(0.1)
    log.append('committed')


async def job(log):
    inner = asyncio.create_task(commit(log))
    try:
        await asyncio.shield(inner)
    except asyncio.CancelledError:
        await inner
        raise


async def main():
    log = []
    task = asyncio.create_task(job(log))
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    print(log)


asyncio.run(main())
