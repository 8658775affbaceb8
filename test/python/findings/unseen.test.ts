import { tellsOf } from './told';

const jobs = `import asyncio
async def job(n):
    await asyncio.sleep(n)
    if n == 2:
        raise OSError('no space')
    return n
`;

tellsOf('exceptions that nobody looks at', {
  'gather returns them and its results are thrown away': {
    source: `${jobs}
async def main():
    await asyncio.gather(job(1), job(2), job(3), return_exceptions=True)
asyncio.run(main())`,
    told: ['unseen-exceptions 9'],
    says: ['1 of 3 tasks of gather() failed, and nobody looked at the exceptions: job(2) with OSError: no space.'],
  },
  'or kept in a name that is never read': {
    source: `${jobs}
async def main():
    results = await asyncio.gather(*[job(n) for n in range(4)], return_exceptions=True)
    print('done')
asyncio.run(main())`,
    told: ['unseen-exceptions 9'],
  },
  'results are looked at': {
    source: `${jobs}
async def main():
    results = await asyncio.gather(job(1), job(2), return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            print('failed', result)
    return await asyncio.gather(job(1), job(2), return_exceptions=True)
asyncio.run(main())`,
    told: [],
  },
  'nothing failed': {
    source: `${jobs}
async def main():
    await asyncio.gather(job(1), job(3), return_exceptions=True)
asyncio.run(main())`,
    told: [],
  },
  'tasks are cancelled and waited for, as at the end of a program': {
    source: `${jobs}
async def stops_badly():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(1)
        raise OSError('was closed already')
async def main():
    tasks = [asyncio.ensure_future(each) for each in (job(5), stops_badly())]
    await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
asyncio.run(main())`,
    told: [],
  },
  'a callback of each task looks at them': {
    source: `${jobs}
def look(task):
    if task.exception():
        print('failed', task.exception())
async def main():
    tasks = [asyncio.ensure_future(job(n)) for n in (1, 2)]
    for task in tasks:
        task.add_done_callback(look)
    await asyncio.gather(*tasks, return_exceptions=True)
asyncio.run(main())`,
    told: [],
  },
  'the first that fails is raised, the others are waited for': {
    source: `${jobs}
async def main():
    tasks = [asyncio.ensure_future(job(n)) for n in (2, 3)]
    try:
        await asyncio.gather(*tasks)
    except OSError as error:
        print(error)
        await asyncio.gather(*tasks, return_exceptions=True)
asyncio.run(main())`,
    told: [],
  },
});

tellsOf('coroutines that nobody awaits', {
  'of asyncio, once a place': {
    source: `import asyncio
async def main():
    queue = asyncio.Queue()
    for n in range(3):
        queue.put(n)
        asyncio.sleep(1)
    await asyncio.sleep(0)
asyncio.run(main())`,
    told: ['never-awaited 5', 'never-awaited 6'],
    says: ["coroutine 'Queue.put' was never awaited (3 times)", "coroutine 'sleep' was never awaited (3 times)"],
  },
  'in a loop that holds everything': {
    source: `import asyncio
async def main():
    for n in range(300):
        asyncio.sleep(n)
    await asyncio.sleep(0)
asyncio.run(main())`,
    told: ['never-awaited 4'],
    says: ["coroutine 'sleep' was never awaited (100 times or more)"],
  },
  'that are closed on purpose, or awaited later': {
    source: `import asyncio
async def main():
    unused = asyncio.sleep(1)
    unused.close()
    later = asyncio.sleep(1)
    await asyncio.sleep(0)
    await later
asyncio.run(main())`,
    told: [],
  },
});

tellsOf('async generators', {
  'left open by break, closed later, in which they fail': {
    source: `import asyncio, contextvars
span = contextvars.ContextVar('span')
async def events():
    token = span.set(1)
    try:
        for n in range(5):
            yield n
    finally:
        await asyncio.sleep(1)
        span.reset(token)
async def take():
    async for n in events():
        if n == 1:
            break
async def main():
    await asyncio.ensure_future(take())
    await asyncio.sleep(5)
asyncio.run(main())`,
    told: ['generator-left-open 12'],
    says: ['events() was left open by the async for at line 12. When it was closed later, it failed with ValueError'],
  },
  'left by return, with a finally that takes its time': {
    source: `import asyncio
async def rows():
    try:
        while True:
            yield 1
    finally:
        await asyncio.sleep(1)
async def first():
    async for row in rows():
        return row
async def main():
    print(await first())
    await asyncio.sleep(5)
asyncio.run(main())`,
    told: ['generator-left-open 9'],
    says: ['aclosing(rows(…))'],
  },
  'read to the end, closed by aclosing, or with nothing to close': {
    source: `import asyncio
async def rows():
    try:
        for n in range(3):
            yield n
    finally:
        await asyncio.sleep(1)
async def plain():
    while True:
        yield 1
async def main():
    async for row in rows():
        pass
    items = rows()
    try:
        async for row in items:
            break
    finally:
        await items.aclose()
    async for row in plain():
        break
    await asyncio.sleep(5)
asyncio.run(main())`,
    told: [],
  },
});

tellsOf('callbacks', {
  'an error in one is told where it was raised': {
    source: `import asyncio
def done(task):
    total = task.result() + 1
async def main():
    task = asyncio.ensure_future(asyncio.sleep(1))
    task.add_done_callback(done)
    await task
    await asyncio.sleep(1)
asyncio.run(main())`,
    told: ['handler 3'],
  },
});
