import { tellsOf } from './told';

tellsOf('tasks that wait for good', {
  'a failed task keeps a permit': {
    source: `import asyncio
async def job(sem, n):
    await sem.acquire()
    await asyncio.sleep(0.01)
    if n == 1: raise ValueError('bad item')
    sem.release()
async def main():
    sem = asyncio.Semaphore(1)
    ts = [asyncio.create_task(job(sem, n)) for n in range(4)]
    await asyncio.wait(ts)
    print('done')
asyncio.run(main())`,
    told: ['never-retrieved 5', 'deadlock 3'],
    says: [
      'acquired sem at line 3 and failed with ValueError: bad item before it released it.',
      'Write async with sem: around the code',
    ],
  },
  'a cancelled task keeps a lock': {
    source: `import asyncio
async def save(lock):
    await lock.acquire()
    await asyncio.sleep(5)
    lock.release()
async def main():
    lock = asyncio.Lock()
    t = asyncio.create_task(save(lock))
    await asyncio.sleep(0.1)
    t.cancel()
    await asyncio.sleep(0)
    async with lock:
        print('never')
asyncio.run(main())`,
    told: ['deadlock 12'],
    says: ['save(lock) acquired lock at line 3 and was cancelled before it released it.'],
  },
  'tasks end with their permits': {
    source: `import asyncio
async def dl(sem, n):
    await sem.acquire()
    await asyncio.sleep(0.01)
    return n
async def main():
    sem = asyncio.Semaphore(3)
    print(await asyncio.gather(*(dl(sem, n) for n in range(5))))
asyncio.run(main())`,
    told: ['deadlock 3'],
    says: ['acquired sem at line 3 and ended without releasing it.'],
  },
  'a semaphore within itself': {
    source: `import asyncio
sem = asyncio.Semaphore(2)
async def parent(n):
    async with sem:
        await asyncio.sleep(0.01)
        return await child(n)
async def child(n):
    async with sem:
        await asyncio.sleep(0.01)
        return n
async def main():
    print(await asyncio.gather(*(parent(n) for n in range(3))))
asyncio.run(main())`,
    from: 10,
    told: ['deadlock 8'],
    says: ['Each task that holds a permit of sem waits for another one'],
  },
  'workers that failed, beside a heartbeat': {
    source: `import asyncio
async def beat():
    while True:
        await asyncio.sleep(0.5)
async def worker(q):
    table = {1: 'one'}
    while True:
        n = await q.get()
        print(table[n])
        q.task_done()
async def main():
    q = asyncio.Queue()
    b = asyncio.create_task(beat())
    ws = [asyncio.create_task(worker(q)) for _ in range(2)]
    for n in (1, 2, 3, 1): q.put_nowait(n)
    await q.join()
    print('done')
asyncio.run(main())`,
    told: ['deadlock 16', 'never-retrieved 9', 'never-retrieved 9'],
    says: ['These tasks had failed before, and nobody noticed'],
  },
  'one sentinel for two workers': {
    source: `import asyncio
async def worker(q, n):
    while True:
        item = await q.get()
        if item is None: break
        print(n, item)
async def main():
    q = asyncio.Queue()
    ws = [asyncio.create_task(worker(q, n)) for n in range(2)]
    for n in range(3): await q.put(n)
    await q.put(None)
    await asyncio.gather(*ws)
asyncio.run(main())`,
    told: ['deadlock 4'],
    says: ['put a sentinel such as None once for each of them'],
  },
  'an event that nobody sets, beside a heartbeat': {
    source: `import asyncio
async def heartbeat():
    while True:
        await asyncio.sleep(1)
async def start(ready):
    await asyncio.sleep(0.1)
    print('started')          # forgot ready.set()
async def main():
    ready = asyncio.Event()
    asyncio.create_task(heartbeat()); t = asyncio.create_task(start(ready))
    await ready.wait()
    print('never')
asyncio.run(main())`,
    told: ['deadlock 11'],
    says: ['waits for event ready, and nobody sets it', 'Call set() where that happens'],
  },
  'a condition that was notified before': {
    source: `import asyncio
async def producer(cond, items):
    async with cond:
        items.append(1)
        cond.notify_all()
async def consumer(cond, items):
    await asyncio.sleep(0.1)
    async with cond:
        await cond.wait()
        print(items)
async def main():
    cond, items = asyncio.Condition(), []
    await asyncio.gather(producer(cond, items), consumer(cond, items))
asyncio.run(main())`,
    told: ['deadlock 9'],
    says: ['was notified at'],
  },
});

tellsOf('cancellations that are dropped', {
  'a worker that goes on with the next item': {
    source: `import asyncio
async def handle(item):
    await asyncio.sleep(0.3)
async def worker(q):
    while True:
        try:
            item = await q.get()
            await handle(item)
        except BaseException as e:
            print('error', type(e).__name__)
async def main():
    q = asyncio.Queue()
    t = asyncio.create_task(worker(q))
    q.put_nowait(1)
    await asyncio.sleep(0.1)
    t.cancel()
    try:
        await asyncio.wait_for(asyncio.shield(t), 2)
    except asyncio.TimeoutError:
        print('worker still alive')
asyncio.run(main())`,
    told: ['deadlock 7', 'cancel-ignored 8'],
    says: [
      'worker() caught it at line 9 (except BaseException as e:)',
      'worker(q) was cancelled before, but caught the cancellation at line 9 and continued: look there first.',
    ],
  },
  'suppress() in a loop': {
    source: `import asyncio, contextlib
async def pinger():
    for _ in range(20):
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await asyncio.sleep(0.2)
            print('ping')
async def main():
    t = asyncio.create_task(pinger())
    await asyncio.sleep(0.5)
    t.cancel()
    await t
    print('stopped')
asyncio.run(main())`,
    told: ['cancel-ignored 5'],
    says: [
      'caught it at line 4 (contextlib.suppress(asyncio.CancelledError, Exception))',
      'Leave CancelledError and BaseException out of suppress().',
    ],
  },
  'return in finally': {
    source: `import asyncio
async def job():
    while True:
        try:
            await asyncio.sleep(1)
        finally:
            continue_ = True
            if continue_:
                return 'partial'
async def outer():
    r = await job()
    print(r)
    await asyncio.sleep(3)
    return r
async def main():
    try:
        print(await asyncio.wait_for(outer(), 0.5))
    except asyncio.TimeoutError:
        print('timeout')
asyncio.run(main())`,
    told: ['limit-ignored 5'],
    says: ['Do not leave finally with return'],
  },
  'a function returns, and its caller calls it again': {
    source: `import asyncio
async def job():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print('stopping'); return
async def service():
    while True:
        await job()
async def main():
    t = asyncio.create_task(service())
    await asyncio.sleep(0.1)
    t.cancel()
    done, pending = await asyncio.wait([t], timeout=1)
    print(len(pending), 'still runs')
asyncio.run(main())`,
    told: ['cancel-ignored 4'],
    says: ['job() caught it at line 5 (except asyncio.CancelledError:)'],
  },
});
