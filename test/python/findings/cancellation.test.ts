import { tellsOf } from './told';

tellsOf('cancellations that are caught', {
  'a bare except in a retry loop takes the time limit of wait_for': {
    source: `import asyncio
async def fetch():
    for attempt in range(4):
        try:
            await asyncio.sleep(1)
            raise OSError
        except:
            pass
    return 'nothing'
async def main():
    print(await asyncio.wait_for(fetch(), 1.5))
asyncio.run(main())`,
    told: ['limit-ignored 5'],
    says: [
      'The time limit of 1.5 s (line 11) had no effect: fetch() caught the cancellation at line 7 (except:) and continued for 2 s.',
    ],
  },
  'the same with asyncio.timeout': {
    source: `import asyncio
async def fetch():
    while True:
        try:
            await asyncio.sleep(1)
            return 'late'
        except BaseException:
            await asyncio.sleep(2)
async def main():
    async with asyncio.timeout(0.5):
        print(await fetch())
asyncio.run(main())`,
    told: ['limit-ignored 5'],
    from: 11,
  },
  'what is limited is a task of its own': {
    source: `import asyncio
async def fetch():
    try:
        await asyncio.sleep(1)
    except BaseException:
        await asyncio.sleep(3)
    return 1
async def main():
    task = asyncio.create_task(fetch())
    print(await asyncio.wait_for(task, 0.5))
asyncio.run(main())`,
    told: ['limit-ignored 4'],
  },
  'cleaning up takes its time and raises the cancellation on': {
    source: `import asyncio
async def fetch():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
        raise
async def main():
    try:
        await asyncio.wait_for(fetch(), 0.5)
    except asyncio.TimeoutError:
        print('late')
asyncio.run(main())`,
    told: [],
  },
  'finally takes its time': {
    source: `import asyncio
async def fetch():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(1)
async def main():
    for _ in range(3):
        try:
            await asyncio.wait_for(fetch(), 0.5)
        except asyncio.TimeoutError:
            print('late')
asyncio.run(main())`,
    told: [],
  },
  'a limit inside of the loop that goes on': {
    source: `import asyncio
async def worker(jobs):
    while True:
        try:
            print(await asyncio.wait_for(jobs.get(), 1))
        except asyncio.TimeoutError:
            print('nothing yet')
            if jobs.stopped:
                return
async def main():
    jobs = asyncio.Queue()
    jobs.stopped = False
    task = asyncio.create_task(worker(jobs))
    await asyncio.sleep(2.5)
    jobs.stopped = True
    await task
asyncio.run(main())`,
    told: [],
  },
  'nested limits of which the inner one is caught': {
    source: `import asyncio
async def main():
    try:
        async with asyncio.timeout(2.5):
            while True:
                try:
                    async with asyncio.timeout(1):
                        await asyncio.sleep(10)
                except TimeoutError:
                    print('again')
    except TimeoutError:
        print('enough')
asyncio.run(main())`,
    told: [],
    from: 11,
  },
  'a default instead of what was late, at once': {
    source: `import asyncio
async def fetch():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        return 'default'
async def main():
    print(await asyncio.wait_for(fetch(), 0.5))
asyncio.run(main())`,
    told: [],
  },
  'a worker that cancel() does not end': {
    source: `import asyncio
async def worker():
    while True:
        try:
            await asyncio.sleep(1)
        except BaseException as error:
            print('ignored', repr(error))
async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.5)
    task.cancel()
    await asyncio.wait([task], timeout=3)
    print('still there', not task.done())
    import os
    os._exit(0)
asyncio.run(main())`,
    told: ['cancel-ignored 5', 'unfinished 5'],
    says: ['was cancelled by main() while it waited at line 5, but continued'],
    interpreterOnly: true,
  },
  'a worker that finishes what it has and returns': {
    source: `import asyncio
async def worker(jobs):
    try:
        while True:
            await jobs.get()
    except asyncio.CancelledError:
        while not jobs.empty():
            jobs.get_nowait()
            await asyncio.sleep(0.5)
async def main():
    jobs = asyncio.Queue()
    task = asyncio.create_task(worker(jobs))
    await asyncio.sleep(0.5)
    task.cancel()
    for n in range(3):
        jobs.put_nowait(n)
    await task
asyncio.run(main())`,
    told: [],
  },
  'what must not be cut short is finished first, then the cancellation raised on': {
    source: `import asyncio
async def write(rows):
    await asyncio.sleep(1)
async def save(rows):
    writing = asyncio.ensure_future(write(rows))
    cancelled = None
    while not writing.done():
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled:
        raise cancelled
async def main():
    task = asyncio.create_task(save([1]))
    await asyncio.sleep(0.2)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print('saved, then cancelled')
asyncio.run(main())`,
    told: [],
  },
  'wait_for drops a cancellation before 3.12': {
    source: `import asyncio
async def reader(parts):
    for part in parts:
        print(await asyncio.wait_for(part, 5))
async def main():
    loop = asyncio.get_running_loop()
    parts = [loop.create_future() for _ in range(2)]
    task = asyncio.create_task(reader(parts))
    await asyncio.sleep(0.1)
    parts[0].set_result(1)
    task.cancel()
    await asyncio.wait([task], timeout=1)
    task.cancel()
    await asyncio.wait([task])
asyncio.run(main())`,
    told: ['cancel-ignored 4'],
    says: ['Before Python 3.12, wait_for() drops a cancellation'],
    from: 10,
    until: 11,
  },
});

tellsOf('work that goes on after its time limit', {
  'a thread': {
    source: `import asyncio, time
def search():
    time.sleep(1)
async def main():
    loop = asyncio.get_running_loop()
    try:
        await asyncio.wait_for(loop.run_in_executor(None, search), 0.2)
    except asyncio.TimeoutError:
        print('late')
    await asyncio.sleep(2)
asyncio.run(main())`,
    told: ['outlived-limit 7'],
    says: ['search() kept running for 800 ms after the time limit of 200 ms.'],
    interpreterOnly: true,
  },
  'a thread that is done in time, and one that was never begun': {
    source: `import asyncio, time
from concurrent.futures import ThreadPoolExecutor
def search():
    time.sleep(0.5)
async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as pool:
        first = loop.run_in_executor(pool, search)
        try:
            await asyncio.wait_for(loop.run_in_executor(pool, print), 0.2)
        except asyncio.TimeoutError:
            print('did not begin')
        await asyncio.wait_for(first, 2)
asyncio.run(main())`,
    told: [],
    interpreterOnly: true,
  },
});

tellsOf('work behind shield()', {
  'the await is cancelled, the program ends before the work': {
    source: `import asyncio
async def save():
    await asyncio.sleep(3)
async def job():
    await asyncio.shield(save())
async def main():
    task = asyncio.ensure_future(job())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
asyncio.run(main())`,
    told: ['unfinished 3'],
    says: ['shield() keeps the work from being cancelled, not the await'],
  },
  'it is awaited after all': {
    source: `import asyncio
async def save():
    await asyncio.sleep(3)
async def main():
    saving = asyncio.ensure_future(save())
    try:
        await asyncio.wait_for(asyncio.shield(saving), 1)
    except asyncio.TimeoutError:
        print('takes longer')
        await saving
asyncio.run(main())`,
    told: [],
  },
});

tellsOf('a run that does not end', {
  'beside what waits in a TaskGroup something goes round for ever': {
    source: `import asyncio
async def poll():
    while True:
        await asyncio.sleep(1)
async def work():
    await asyncio.sleep(2)
async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(poll())
        group.create_task(work())
asyncio.run(main())`,
    told: ['still-waiting 8'],
    says: ['it still waited for poll()', 'at line 4'],
    from: 11,
    stop: 20,
  },
  'a service of which nothing ends': {
    source: `import asyncio
async def poll(period):
    while True:
        await asyncio.sleep(period)
async def main():
    await asyncio.gather(poll(1), poll(2))
asyncio.run(main())`,
    told: [],
    stop: 20,
  },
});

tellsOf('cancellations that are taken back', {
  'uncancel() says so': {
    source: `import asyncio
async def worker():
    while True:
        try:
            await asyncio.sleep(1)
            return 'done'
        except asyncio.CancelledError:
            if asyncio.current_task().uncancel() > 0:
                raise
            print('once more')
async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.2)
    task.cancel()
    print(await task)
asyncio.run(main())`,
    from: 11,
    told: [],
  },
  'without it the task ignores cancel()': {
    source: `import asyncio
async def worker():
    while True:
        try:
            await asyncio.sleep(1)
            return 'done'
        except asyncio.CancelledError:
            print('once more')
async def main():
    task = asyncio.create_task(worker())
    await asyncio.sleep(0.2)
    task.cancel()
    print(await task)
asyncio.run(main())`,
    told: ['cancel-ignored 5'],
  },
});
