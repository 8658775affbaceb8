"""A thread of the program's own wakes a task; another submits a coroutine and waits for it."""
import asyncio
import threading


async def answer():
    await asyncio.sleep(0)
    return 42


async def main():
    loop = asyncio.get_running_loop()
    called = asyncio.Event()
    thread = threading.Thread(target=call, args=(loop, called), name='caller')
    thread.start()
    await called.wait()
    done = loop.create_future()
    other = threading.Thread(target=submit, args=(loop, done), name='submitter')
    other.start()
    print(await done)
    thread.join()
    other.join()


def call(loop, event):
    loop.call_soon_threadsafe(event.set)


def submit(loop, done):
    result = asyncio.run_coroutine_threadsafe(answer(), loop).result()
    loop.call_soon_threadsafe(done.set_result, result)


asyncio.run(main())
