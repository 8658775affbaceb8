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
});
