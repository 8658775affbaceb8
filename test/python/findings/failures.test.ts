import { tellsOf } from './told';

tellsOf('failures, and what they end', {
  'a permit that a failed task keeps, behind gather(return_exceptions=True)': {
    source: `import asyncio
async def store(n, limit):
    await limit.acquire()
    await asyncio.sleep(0.1)
    if n == 0:
        raise ValueError(n)
    limit.release()
async def main():
    limit = asyncio.Semaphore(1)
    await asyncio.gather(*(store(n, limit) for n in range(3)), return_exceptions=True)
asyncio.run(main())`,
    told: ['never-retrieved 6', 'deadlock 3'],
    says: ['failed with ValueError: 0, but gather() went on waiting for its other tasks.'],
  },
  'main() fails while a task that a callback made waits': {
    source: `import asyncio
async def answer():
    await asyncio.sleep(5)
kept = []
async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, lambda: kept.append(loop.create_task(answer())))
    await asyncio.wait_for(asyncio.Event().wait(), 1)
asyncio.run(main())`,
    told: ['uncaught 8', 'unfinished 3'],
    says: ['When the time was up, it was waiting for ', 'which ended the event loop, whatever else was running.'],
  },
  'a gather() that nobody awaits': {
    source: `import asyncio
async def send(n):
    await asyncio.sleep(0.1)
async def main():
    asyncio.gather(send(1), send(2))
asyncio.run(main())`,
    told: ['unfinished 3', 'unfinished 3'],
    says: ['write await asyncio.gather(…) at line 5.'],
  },
  'one that was awaited under a time limit': {
    source: `import asyncio
async def send(n):
    try:
        await asyncio.sleep(5)
    finally:
        await asyncio.sleep(5)
async def fail():
    await asyncio.sleep(1)
    raise ValueError
async def main():
    both = asyncio.gather(send(1), send(2))
    await asyncio.gather(fail(), asyncio.wait_for(both, 60))
asyncio.run(main())`,
    told: ['uncaught 9', 'unfinished 12', 'unfinished 4', 'unfinished 4'],
    says: ['gather() passed on the exception of another task'],
    from: 12,
  },
  'work behind a shield and a time limit': {
    source: `import asyncio
async def commit():
    await asyncio.sleep(2)
async def main():
    try:
        await asyncio.wait_for(asyncio.shield(commit()), 0.5)
    except asyncio.TimeoutError:
        pass
asyncio.run(main())`,
    told: ['unfinished 3'],
    says: ['shield() keeps the work from being cancelled, not the await'],
  },
  'two tasks that ask an async generator at once': {
    source: `import asyncio
async def items():
    for i in range(3):
        await asyncio.sleep(0.1)
        yield i
async def main():
    source = items()
    await asyncio.gather(source.__anext__(), source.__anext__())
asyncio.run(main())`,
    told: ['uncaught 8', 'unfinished 4'],
    says: ['two tasks asked it for one at the same time.'],
  },
  'a job that no thread was free for': {
    source: `import asyncio, concurrent.futures, threading
async def main():
    loop = asyncio.get_running_loop()
    pool = concurrent.futures.ThreadPoolExecutor(1)
    over = threading.Event()
    loop.run_in_executor(pool, over.wait)
    try:
        await asyncio.wait_for(loop.run_in_executor(pool, len, 'abc'), 0.2)
    finally:
        over.set()
asyncio.run(main())`,
    told: ['uncaught 8'],
    says: ['no thread was free to run it.'],
    clock: 'real',
  },
});
