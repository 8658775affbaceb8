"""Children by fork and by multiprocessing: they are not traced, and end as they do without a tracer."""
import asyncio
import multiprocessing
import os
import signal
import sys
import time


def work(n):
    async def inner():
        await asyncio.sleep(0.01)
        return n
    return asyncio.run(inner())


def child(queue, n):
    queue.put(work(n))


def long(queue):
    queue.put('up')
    time.sleep(30)


async def main():
    await asyncio.sleep(0)
    pid = os.fork()
    if pid == 0:
        print('child', signal.getsignal(signal.SIGTERM) == signal.SIG_DFL, flush=True)
        os._exit(work(5))
    print('exit', os.waitpid(pid, 0)[1])
    for how in ('fork', 'spawn', 'forkserver'):
        context = multiprocessing.get_context(how)
        queue = context.SimpleQueue()
        process = context.Process(target=child, args=(queue, 7))
        process.start()
        print(how, queue.get(), process.join(), process.exitcode)
        process = context.Process(target=long, args=(queue,))
        process.start()
        print(queue.get())
        process.terminate()
        process.join()
        print('terminated', process.exitcode)


if __name__ == '__main__':
    asyncio.run(main())
    pid = os.fork()
    if pid == 0:
        print('after', work(3))
        sys.exit(4)
    print(os.waitpid(pid, 0)[1])
