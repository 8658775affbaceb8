# engine: interpreter
import asyncio
import threading


async def double(n):
    await asyncio.sleep(0.02)
    return 2 * n


def work(loop, done, out):
    for n in range(3):
        out.append(asyncio.run_coroutine_threadsafe(double(n), loop).result())
    loop.call_soon_threadsafe(done.set)


async def main():
    done, out = asyncio.Event(), []
    thread = threading.Thread(target=work, args=(asyncio.get_running_loop(), done, out))
    thread.start()
    await done.wait()
    thread.join()
    print(out)


asyncio.run(main())
