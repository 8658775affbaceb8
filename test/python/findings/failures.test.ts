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

tellsOf('what could not come before the time limit', {
  'a process whose output nobody reads': {
    source: `import asyncio, sys
async def main():
    p = await asyncio.create_subprocess_exec(sys.executable, "-c", "print('x' * 1000000)", stdout=asyncio.subprocess.PIPE)
    try:
        await asyncio.wait_for(p.wait(), 1)
    finally:
        p.kill()
asyncio.run(main())`,
    told: ['uncaught 5'],
    says: ['The process had written output, which nobody reads.', 'await process.communicate()'],
    interpreterOnly: true,
    from: 12,
  },
  'two ends of a connection that both read': {
    source: `import asyncio
async def serve(reader, writer):
    await reader.readline()
    writer.write(b'pong\\n')
async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b'ping')
    await asyncio.wait_for(reader.readline(), 0.5)
asyncio.run(main())`,
    told: ['uncaught 9', 'unfinished 3'],
    says: [
      'At the other end of the connection, serve(…, …) was waiting to read too (line 3).',
      'readline() waits for a newline',
    ],
    interpreterOnly: true,
    from: 13,
  },
  'an event that nobody sets': {
    source: `import asyncio
async def main():
    ready = asyncio.Event()
    await asyncio.wait_for(ready.wait(), 1)
asyncio.run(main())`,
    told: ['uncaught 4'],
    says: ['Nobody set ready during the whole run.'],
    from: 12,
  },
  'an event that was set too late': {
    source: `import asyncio
async def main():
    ready = asyncio.Event()
    asyncio.get_running_loop().call_later(2, ready.set)
    try:
        await asyncio.wait_for(ready.wait(), 1)
    finally:
        await asyncio.sleep(2)
asyncio.run(main())`,
    told: ['uncaught 6'],
    says: ['ready was set later, at 2 s'],
    from: 12,
  },
  'a permit that a failed task kept': {
    source: `import asyncio
lock = asyncio.Lock()
async def worker(n):
    await lock.acquire()
    await asyncio.sleep(1)
    if n == 1:
        raise ValueError(n)
    lock.release()
async def main():
    await asyncio.wait_for(asyncio.gather(worker(1), worker(2), return_exceptions=True), 3)
asyncio.run(main())`,
    told: ['uncaught 10'],
    says: ['worker(1) acquired lock at line 4 and failed with ValueError: 1'],
    from: 12,
  },
  'a pool whose connections were not put back': {
    source: `import asyncio
class Pool:
    def __init__(self, n):
        self.free = asyncio.Queue()
        for i in range(n):
            self.free.put_nowait(i)
    async def query(self, sql):
        connection = await self.free.get()
        await asyncio.sleep(0.1)
        if 'bad' in sql:
            raise RuntimeError('syntax error')
        self.free.put_nowait(connection)
async def main():
    pool = Pool(2)
    for sql in ('good', 'bad 1', 'bad 2', 'good'):
        try:
            await pool.query(sql)
        except RuntimeError as error:
            print(error)
asyncio.run(main())`,
    told: ['deadlock 8'],
    says: ['query() before took an item and failed before they put it back (line 12).', 'finally'],
  },
  'a process whose input was left open': {
    source: `import asyncio, sys
async def main():
    p = await asyncio.create_subprocess_exec(sys.executable, "-c", "import sys; sys.stdin.read()", stdin=asyncio.subprocess.PIPE)
    p.stdin.write(b"hi")
    await p.stdin.drain()
    try:
        await asyncio.wait_for(p.wait(), 0.5)
    finally:
        p.kill()
asyncio.run(main())`,
    told: ['uncaught 7'],
    says: ['Its stdin was still open', 'process.stdin.close()'],
    interpreterOnly: true,
    from: 12,
  },
  'a lock that an async generator keeps, left by return': {
    source: `import asyncio
lock = asyncio.Lock()
async def rows():
    async with lock:
        for i in range(3):
            yield i
async def first():
    g = rows()
    async for r in g:
        return r, g
async def main():
    a, keep = await first()
    print(a)
    async with lock:
        print("never")
asyncio.run(main())`,
    told: ['deadlock 14'],
    says: ['The async generator rows() acquired it and is still open', 'contextlib.aclosing(rows())'],
    from: 10,
  },
});

tellsOf('errors of shared state, explained', {
  'a dict that another task changes inside of a loop': {
    source: `import asyncio
clients = {1: "a", 2: "b"}
async def broadcast():
    for c in clients:
        await asyncio.sleep(0.1)
async def leave():
    await asyncio.sleep(0.05)
    del clients[2]
async def main():
    await asyncio.gather(broadcast(), leave())
asyncio.run(main())`,
    told: ['uncaught 4'],
    says: ['If there is an await in the loop, other tasks run meanwhile and can change it.'],
  },
  'a condition that is waited for in an if, by two that are woken together': {
    source: `import asyncio
async def consumer(cond, items, name):
    async with cond:
        if not items:
            await cond.wait()
        print(name, items.pop())
async def main():
    cond, items = asyncio.Condition(), []
    cs = [asyncio.create_task(consumer(cond, items, n)) for n in "ab"]
    await asyncio.sleep(0.1)
    async with cond:
        items.append(1)
        cond.notify_all()
    await asyncio.gather(*cs)
asyncio.run(main())`,
    told: ['uncaught 6'],
    says: ['because of not items, and was woken together with other tasks', 'Write while not items: await cond.wait()'],
    from: 10,
  },
  'near miss: the same in a while, with another error': {
    source: `import asyncio
async def consumer(cond, items, name):
    async with cond:
        while not items:
            await cond.wait()
        print(name, 1 / items.pop())
async def main():
    cond, items = asyncio.Condition(), []
    cs = [asyncio.create_task(consumer(cond, items, n)) for n in "ab"]
    await asyncio.sleep(0.1)
    async with cond:
        items.extend([1, 0])
        cond.notify_all()
    await asyncio.gather(*cs)
asyncio.run(main())`,
    told: ['uncaught 6'],
    from: 10,
  },
  'a context variable that is reset in another task': {
    source: `import asyncio, contextvars
var = contextvars.ContextVar("var", default=0)
async def gen():
    token = var.set(1)
    try:
        yield 1
        yield 2
    finally:
        var.reset(token)
async def use(g):
    async for x in g:
        print(x)
        break
async def main():
    g = gen()
    await asyncio.create_task(use(g))
    await g.aclose()
asyncio.run(main())`,
    told: ['uncaught 9'],
    says: ['This variable was set in one task and reset in another'],
  },
  "the end of an executor's with block": {
    source: `import asyncio, time
from concurrent.futures import ThreadPoolExecutor
async def beat():
    while True:
        await asyncio.sleep(0.1)
async def main():
    t = asyncio.create_task(beat())
    with ThreadPoolExecutor() as pool:
        f = asyncio.get_running_loop().run_in_executor(pool, time.sleep, 1)
        await asyncio.sleep(0.05)
    await f
    t.cancel()
asyncio.run(main())`,
    told: ['blocking 8'],
    says: ['The end of the with block waits for all jobs of the executor.'],
    interpreterOnly: true,
    clock: 'real',
    from: 11,
  },
});

tellsOf('callbacks in C that fail are told where they were scheduled', {
  'the second of two, by its argument': {
    source: `import asyncio
async def main():
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    loop.call_later(0.1, fut.set_result, 1)
    loop.call_later(0.2, fut.set_result, 2)
    print(await fut)
    await asyncio.sleep(0.5)
asyncio.run(main())`,
    told: ['handler 6'],
    says: ['it can be set only once'],
  },
  'an answer that comes after the time limit': {
    source: `import asyncio
async def main():
    fut = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(1, fut.set_result, "late")
    try:
        await asyncio.wait_for(fut, 0.5)
    except asyncio.TimeoutError:
        print("timeout")
    await asyncio.sleep(1)
asyncio.run(main())`,
    told: ['handler 4'],
  },
  'near miss: two that could be meant': {
    source: `import asyncio
async def main():
    loop = asyncio.get_running_loop()
    first, second = loop.create_future(), loop.create_future()
    first.set_result(0)
    for delay, value in ((0.1, 1), (0.2, 2)):
        loop.call_later(delay, second.set_result, value)
    loop.call_later(0.3, first.set_result, len('x'))
    await asyncio.sleep(1)
asyncio.run(main())`,
    told: ['handler ?', 'handler ?'],
  },
});
