"""A coroutine that is left half-way: closed, dropped, or ended by an exception from outside."""
import asyncio
import types


@types.coroutine
def pause():
    yield


async def work():
    try:
        await pause()
    finally:
        print('left')


def begun():
    coro = work()
    coro.send(None)
    return coro


async def stops(how):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('stopped', how)
        if how == 'quietly':
            return
        raise


async def middle(how):
    return await stops(how)


async def catches():
    try:
        await middle('loudly')
    except asyncio.CancelledError:
        print('caught')


async def main():
    closed = begun()
    closed.close()
    dropped = begun()
    del dropped
    thrown = begun()
    try:
        thrown.throw(KeyError('out'))
    except KeyError:
        print('out')
    tasks = [asyncio.create_task(each) for each in (middle('quietly'), middle('loudly'), catches())]
    await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    print(len(await asyncio.gather(*tasks, return_exceptions=True)))


asyncio.run(main())
