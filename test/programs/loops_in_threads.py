"""Two loops at once, each in its own thread. A task of one waits for a task of the other."""
import asyncio
import threading


async def served(number, begun, gate):
    begun.set()
    gate.wait()
    await asyncio.sleep(0)
    return number * 2


def serve(loop):
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.close()


async def main():
    other = asyncio.new_event_loop()
    thread = threading.Thread(target=serve, args=(other,), name='server')
    thread.start()
    for number in range(2):
        # So that it is always seen to wait: the other loop goes on when this task is suspended.
        begun, gate = threading.Event(), threading.Event()
        answer = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(served(number, begun, gate), other))
        begun.wait()
        asyncio.get_running_loop().call_soon(gate.set)
        print(await answer)
    other.call_soon_threadsafe(other.stop)
    thread.join()


asyncio.run(main())
