# engine: interpreter
import asyncio
import threading


async def work(n):
    await asyncio.sleep(0.02)
    return n


loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever, daemon=True)
thread.start()
futures = [asyncio.run_coroutine_threadsafe(work(n), loop) for n in range(4)]
print([future.result() for future in futures])
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()
