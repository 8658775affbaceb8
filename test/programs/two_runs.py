"""One loop after another: asyncio.run twice, one by hand, one that is never run. What is pending when a loop closes ends with it."""
import asyncio


async def work(name, seconds):
    await asyncio.sleep(seconds)
    print(name)
    return name


kept = []


async def forgotten():
    kept.append(asyncio.get_running_loop().create_future())
    await kept[-1]


async def by_hand():
    kept.append(asyncio.ensure_future(forgotten()))
    await work('by hand', 0.5)


asyncio.run(work('first', 1))
asyncio.run(work('second', 2))
loop = asyncio.new_event_loop()
loop.run_until_complete(by_hand())
loop.run_until_complete(work('again', 0.25))
kept[0]._log_destroy_pending = False
loop.close()
asyncio.new_event_loop().close()
