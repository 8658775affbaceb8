"""A cancellation goes through tasks: each tells where it began."""
import asyncio


async def sleeper():
    await asyncio.sleep(10)


async def awaits(task):
    await task


async def gathers():
    await asyncio.gather(asyncio.create_task(sleeper(), name='left'), asyncio.create_task(sleeper(), name='right'))


async def shields(task):
    await asyncio.shield(task)


async def keeps_on():
    await asyncio.wait_for(sleeper(), 5)


async def main():
    inner = asyncio.create_task(sleeper(), name='inner')
    middle = asyncio.create_task(awaits(inner), name='middle')
    outer = asyncio.create_task(awaits(middle), name='outer')
    many = asyncio.create_task(gathers(), name='many')
    kept = asyncio.create_task(sleeper(), name='kept')
    shield = asyncio.create_task(shields(kept), name='shield')
    limited = asyncio.create_task(keeps_on(), name='limited')
    tasks = [inner, middle, outer, many, kept, shield, limited]
    await asyncio.sleep(1)
    outer.cancel()
    many.cancel()
    kept.cancel()
    limited.cancel()
    late = asyncio.create_task(sleeper(), name='never begins')
    late.cancel()
    print([type(each).__name__ for each in await asyncio.gather(*tasks, late, return_exceptions=True)])
    asyncio.create_task(sleeper(), name='left over')
    await asyncio.sleep(0)


asyncio.run(main())
