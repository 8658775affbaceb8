"""A little of everything: what the tracer has to do for it is made to fail (`failing.test.ts`)."""
import asyncio, sys, random
lock = None
async def worker(n, q):
    async with lock:
        await asyncio.sleep(0.001 * n)
    await q.put(n)
    await asyncio.sleep(0)
    return n
async def main():
    global lock
    lock = asyncio.Lock()
    q = asyncio.Queue()
    r = await asyncio.gather(*(worker(i, q) for i in range(8)))
    print(r, flush=True)
    loop = asyncio.get_running_loop()
    loop.call_later(0.002, print, "timer"); await asyncio.sleep(0.05)
    print(await loop.run_in_executor(None, sum, [1, 2, 3]))
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    except asyncio.TimeoutError:
        print('timeout')
    async def bad(): raise ValueError('bad')
    try: await asyncio.create_task(bad(), name='bad')
    except ValueError as e: print(e)
    async def agen():
        for i in range(3):
            await asyncio.sleep(0.001)
            yield i
    async for i in agen(): print(i)
    t = asyncio.create_task(asyncio.sleep(10)); await asyncio.sleep(0); t.cancel()
    print(await asyncio.gather(t, return_exceptions=True), t.cancelled())
asyncio.run(main())
asyncio.run(main())
